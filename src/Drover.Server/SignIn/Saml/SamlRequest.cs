using System.Globalization;
using System.Security;

namespace Drover.Server.SignIn.Saml;

/// <summary>What this server sends to an identity provider: who a browser's person is, that a person leaves, and its own description.</summary>
public static class SamlRequest
{
    private const string Redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", Post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

    /// <summary>The question who a browser's person is.</summary>
    public static string Ask(SamlMetadata provider, SamlSite site, string id, DateTimeOffset now)
        => Message("AuthnRequest", site, id, provider.SignOn, now, $" AssertionConsumerServiceURL=\"{Safe(site.Consumer)}\" ProtocolBinding=\"{Post}\"", "");

    /// <summary>That a person leaves.</summary>
    public static string Leave(SamlMetadata provider, SamlSite site, string id, SamlSubject who, DateTimeOffset now)
    {
        var name = $"<saml:NameID{Named("Format", who.Format)}{Named("NameQualifier", who.Qualifier)}{Named("SPNameQualifier", who.SpQualifier)}>{Safe(who.Name)}</saml:NameID>";
        var index = who.Index is null ? "" : $"<samlp:SessionIndex>{Safe(who.Index)}</samlp:SessionIndex>";
        return Message("LogoutRequest", site, id, provider.SignOut!, now, Named("NotOnOrAfter", Time(now + SamlLogout.Fresh)), name + index);
    }

    /// <summary>That a person whom the identity provider wanted to leave has left.</summary>
    public static string Left(SamlMetadata provider, SamlSite site, string id, string request, DateTimeOffset now)
        => Message("LogoutResponse", site, id, provider.SignOutAnswer!, now, Named("InResponseTo", request), $"<samlp:Status><samlp:StatusCode Value=\"{SamlXml.Success}\"/></samlp:Status>");

    /// <summary>This server's own metadata.</summary>
    /// <param name="site">Its names.</param>
    /// <param name="certificate">Its certificate as PEM; null where it has none.</param>
    public static string Metadata(SamlSite site, string? certificate)
    {
        var body = certificate is null ? "" : string.Concat(certificate.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal)).Select(line => line.Trim()));
        var key = body.Length == 0 ? "" : $"<KeyDescriptor><ds:KeyInfo xmlns:ds=\"{SamlXml.Signature}\"><ds:X509Data><ds:X509Certificate>{Safe(body)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>";
        return $"""
            <EntityDescriptor xmlns="{SamlXml.Metadata}" entityID="{Safe(site.Entity)}"><SPSSODescriptor protocolSupportEnumeration="{SamlXml.Protocol}" AuthnRequestsSigned="{(key.Length > 0 ? "true" : "false")}" WantAssertionsSigned="true">{key}<SingleLogoutService Binding="{Redirect}" Location="{Safe(site.SignOut)}"/><AssertionConsumerService Binding="{Post}" Location="{Safe(site.Consumer)}" index="0" isDefault="true"/></SPSSODescriptor></EntityDescriptor>
            """;
    }

    private static string Message(string name, SamlSite site, string id, string destination, DateTimeOffset now, string attributes, string content)
        => $"""
            <samlp:{name} xmlns:samlp="{SamlXml.Protocol}" xmlns:saml="{SamlXml.Assertion}" ID="{Safe(id)}" Version="2.0" IssueInstant="{Time(now)}" Destination="{Safe(destination)}"{attributes}><saml:Issuer>{Safe(site.Entity)}</saml:Issuer>{content}</samlp:{name}>
            """;

    private static string Named(string attribute, string? value) => value is null ? "" : $" {attribute}=\"{Safe(value)}\"";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Safe(string text) => SecurityElement.Escape(text);
}
