using System.Globalization;

namespace Drover.Model.Kernel;

/// <summary>Ids as the wire shows them: `1`, the short type of the family, the number (api-semantics.md section 6).</summary>
public static class ResourceId
{
    /// <summary>"1st5" for the stack with number 5.</summary>
    public static string Format(Kind kind, long id)
        => string.Create(CultureInfo.InvariantCulture, $"1{kind.ShortType}{id}");

    /// <summary>Reads any wire id; the letters are not checked. False for plain numbers and rubbish.</summary>
    public static bool TryParse(string? text, out long id)
    {
        id = 0;
        if (text is null || text.Length < 3 || text[0] != '1') return false;
        var at = 1;
        while (at < text.Length && text[at] is >= 'a' and <= 'z') at++;
        if (at == 1) return false;
        if (at < text.Length && text[at] == '!') at++;
        return long.TryParse(text.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0;
    }

    /// <summary>First letter and all capitals of a type name, in lower case: "hostApiProxyToken" is "hapt".</summary>
    public static string ShortTypeOf(string family)
        => string.Concat(family.Where((c, i) => i == 0 || char.IsUpper(c))).ToLowerInvariant();
}
