using System.Xml;

namespace Drover.Server.SignIn.Saml;

/// <summary>An identity provider's wish that a person leaves.</summary>
/// <param name="Id">The wish; it is good for once.</param>
/// <param name="Who">The person.</param>
/// <param name="Sessions">Which of the person's sessions; all where none is named.</param>
/// <param name="End">After this it is good for nothing.</param>
public sealed record SamlWish(string Id, SamlSubject Who, IReadOnlyList<string> Sessions, DateTimeOffset End);

/// <summary>Reads the messages of single logout (SAML 2.0 Core, section 3.7) whose signature was checked.</summary>
public static class SamlLogout
{
    /// <summary>How long a wish is good for.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>A wish. Throws <see cref="SamlException"/> for one that does not fit in any way.</summary>
    public static SamlWish ReadWish(XmlElement message, SamlMetadata provider, SamlSite site, DateTimeOffset now)
    {
        Check(message, "LogoutRequest", provider, site);
        var made = SamlXml.Time(message, "IssueInstant") ?? throw new SamlException("it does not say when it was made");
        var end = SamlXml.Time(message, "NotOnOrAfter") is { } named && named < made + Fresh ? named : made + Fresh;
        if (now >= end + SamlExpectation.Skew || made > now + SamlExpectation.Skew) throw new SamlException("its time is over, or has not come");
        return new SamlWish(
            message.Of("ID") ?? throw new SamlException("it has no ID"),
            SamlSubject.Named(message) ?? throw new SamlException("it names nobody"),
            [.. message.Children("SessionIndex", SamlXml.Protocol).Select(index => index.InnerText.Trim())],
            end);
    }

    /// <summary>The request that an answer is to. Throws <see cref="SamlException"/> for one that does not fit in any way.</summary>
    public static string ReadAnswer(XmlElement message, SamlMetadata provider, SamlSite site)
    {
        Check(message, "LogoutResponse", provider, site);
        return message.Of("InResponseTo") ?? throw new SamlException("it answers nothing");
    }

    private static void Check(XmlElement message, string name, SamlMetadata provider, SamlSite site)
    {
        if (message.LocalName != name || message.NamespaceURI != SamlXml.Protocol) throw new SamlException($"it is no {name}");
        if (message.Of("Destination") != site.SignOut) throw new SamlException("it was meant for another address");
        if (message.Child("Issuer", SamlXml.Assertion)?.InnerText.Trim() != provider.EntityId) throw new SamlException("it is of another identity provider");
    }
}
