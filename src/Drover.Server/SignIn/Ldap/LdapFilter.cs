using System.Text;

namespace Drover.Server.SignIn.Ldap;

/// <summary>Search filters (RFC 4515), in which what people typed is a value and never syntax.</summary>
public static class LdapFilter
{
    /// <summary>Objects of a class with exactly this value.</summary>
    public static string Equal(string objectClass, string attribute, string value) => $"(&(objectClass={Name(objectClass)})({Name(attribute)}={Value(value)}))";

    /// <summary>Objects of a class with this text in the value of one of the attributes.</summary>
    public static string Contains(string objectClass, IEnumerable<string> attributes, string text)
        => $"(&(objectClass={Name(objectClass)})(|{string.Concat(attributes.Distinct(StringComparer.OrdinalIgnoreCase).Select(a => $"({Name(a)}=*{Value(text)}*)"))}))";

    /// <summary>Objects of a class with one of these values in an attribute.</summary>
    public static string Any(string objectClass, string attribute, IEnumerable<string> values)
        => $"(&(objectClass={Name(objectClass)})(|{string.Concat(values.Select(v => $"({Name(attribute)}={Value(v)})"))}))";

    /// <summary>A value with its special characters escaped.</summary>
    public static string Value(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is < 0x20 or >= 0x7f or (byte)'*' or (byte)'(' or (byte)')' or (byte)'\\') safe.Append('\\').Append(b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
            else safe.Append((char)b);
        }

        return safe.ToString();
    }

    /// <summary>The name of an attribute or class; what no such name has is left out.</summary>
    private static string Name(string text) => string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ';'));
}
