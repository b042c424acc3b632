using System.Xml;

namespace Drover.Server.SignIn.Saml;

/// <summary>What an identity provider calls a person, word for word, and its session with it.</summary>
/// <param name="Name">The NameID.</param>
/// <param name="Format">The NameID's format; null where none is named.</param>
/// <param name="Qualifier">Who gave the name; null where that is not said.</param>
/// <param name="SpQualifier">For whom it was given; null where that is not said.</param>
/// <param name="Index">The session there; null where it has no name.</param>
public sealed record SamlSubject(string Name, string? Format, string? Qualifier, string? SpQualifier, string? Index)
{
    /// <summary>The subject of an assertion; null where it has no plain NameID.</summary>
    public static SamlSubject? Of(XmlElement assertion)
        => assertion.Child("Subject", SamlXml.Assertion) is { } subject && Named(subject) is { } named
            ? named with { Index = assertion.Children("AuthnStatement", SamlXml.Assertion).Select(s => s.Of("SessionIndex")).FirstOrDefault(i => i is not null) }
            : null;

    /// <summary>The NameID right below an element; null where there is none.</summary>
    public static SamlSubject? Named(XmlElement parent)
        => parent.Child("NameID", SamlXml.Assertion) is { } name && name.InnerText.Trim() is { Length: > 0 and <= 1024 } text
            ? new SamlSubject(text, name.Of("Format"), name.Of("NameQualifier"), name.Of("SPNameQualifier"), null)
            : null;

    /// <summary>True where both mean one person; the format may be left out.</summary>
    public bool IsSamePerson(SamlSubject other)
        => Name == other.Name && (Format ?? other.Format) == (other.Format ?? Format) && (Qualifier ?? other.Qualifier) == (other.Qualifier ?? Qualifier);
}
