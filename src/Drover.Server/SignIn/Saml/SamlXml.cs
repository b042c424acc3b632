using System.Globalization;
using System.Xml;

namespace Drover.Server.SignIn.Saml;

/// <summary>XML of SAML: read without DTDs, entities and outside documents, and without comments, which could cut a name in two.</summary>
public static class SamlXml
{
    public const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    public const string Assertion = "urn:oasis:names:tc:SAML:2.0:assertion";
    public const string Metadata = "urn:oasis:names:tc:SAML:2.0:metadata";
    public const string Signature = "http://www.w3.org/2000/09/xmldsig#";
    public const string Encryption = "http://www.w3.org/2001/04/xmlenc#";
    public const string Bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    public const string Success = "urn:oasis:names:tc:SAML:2.0:status:Success";

    /// <summary>The largest document in characters.</summary>
    public const int MostCharacters = 1 << 20;

    /// <summary>Reads a document. Throws <see cref="SamlException"/> for what is none.</summary>
    public static XmlDocument Read(byte[] bytes)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, MaxCharactersInDocument = MostCharacters };
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
            document.Load(reader);
            return document;
        }
        catch (XmlException broken)
        {
            throw new SamlException($"it is no XML: {broken.Message}");
        }
    }

    /// <summary>The child elements of a name.</summary>
    public static IEnumerable<XmlElement> Children(this XmlElement parent, string name, string space)
        => parent.ChildNodes.OfType<XmlElement>().Where(e => e.LocalName == name && e.NamespaceURI == space);

    /// <summary>The one child element of a name; null for none. Throws where there are more.</summary>
    public static XmlElement? Child(this XmlElement parent, string name, string space)
    {
        var found = parent.Children(name, space).Take(2).ToList();
        return found.Count > 1 ? throw new SamlException($"there is more than one {name}") : found.FirstOrDefault();
    }

    /// <summary>All elements of a name, however deep.</summary>
    public static List<XmlElement> All(this XmlDocument document, string name, string space)
        => [.. document.GetElementsByTagName(name, space).OfType<XmlElement>()];

    /// <summary>An attribute that is a time; null where it is absent. Throws where it is none.</summary>
    public static DateTimeOffset? Time(XmlElement element, string attribute)
        => element.Of(attribute) is not { } text ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw new SamlException($"{attribute} is no time");

    /// <summary>An attribute; null where it is absent or empty.</summary>
    public static string? Of(this XmlElement element, string attribute) => element.GetAttribute(attribute) is { Length: > 0 } value ? value : null;
}

/// <summary>Why an answer of an identity provider is refused; for the log, not for the one who brought it.</summary>
public sealed class SamlException(string message) : Exception(string.Concat(message.Where(c => !char.IsControl(c)).Take(300)));
