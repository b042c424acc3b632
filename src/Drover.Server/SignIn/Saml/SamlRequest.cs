using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace Drover.Server.SignIn.Saml;

/// <summary>What this server sends to an identity provider: the question who a browser's person is, and its own description.</summary>
public static class SamlRequest
{
    private const string Algorithm = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    /// <summary>Where to send a browser, with the question in the address (HTTP-Redirect binding), signed where there is a key.</summary>
    public static string Url(SamlMetadata provider, string id, string entityId, string consumer, string? privateKey, DateTimeOffset now)
    {
        var xml = $"""
            <samlp:AuthnRequest xmlns:samlp="{SamlXml.Protocol}" xmlns:saml="{SamlXml.Assertion}" ID="{Safe(id)}" Version="2.0" IssueInstant="{now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}" Destination="{Safe(provider.SignOn)}" AssertionConsumerServiceURL="{Safe(consumer)}" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"><saml:Issuer>{Safe(entityId)}</saml:Issuer></samlp:AuthnRequest>
            """;
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(Encoding.UTF8.GetBytes(xml));
        var query = $"SAMLRequest={Uri.EscapeDataString(Convert.ToBase64String(packed.ToArray()))}";
        if (privateKey is not null)
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(privateKey);
            query += $"&SigAlg={Uri.EscapeDataString(Algorithm)}";
            query += $"&Signature={Uri.EscapeDataString(Convert.ToBase64String(rsa.SignData(Encoding.UTF8.GetBytes(query), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)))}";
        }

        return $"{provider.SignOn}{(provider.SignOn.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }

    /// <summary>This server's own metadata.</summary>
    /// <param name="entityId">Its name.</param>
    /// <param name="consumer">Where answers are posted to.</param>
    /// <param name="certificate">Its certificate as PEM; null where it has none.</param>
    public static string Metadata(string entityId, string consumer, string? certificate)
    {
        var body = certificate is null ? "" : string.Concat(certificate.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal)).Select(line => line.Trim()));
        var key = body.Length == 0 ? "" : $"<KeyDescriptor><ds:KeyInfo xmlns:ds=\"{SamlXml.Signature}\"><ds:X509Data><ds:X509Certificate>{Safe(body)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>";
        return $"""
            <EntityDescriptor xmlns="{SamlXml.Metadata}" entityID="{Safe(entityId)}"><SPSSODescriptor protocolSupportEnumeration="{SamlXml.Protocol}" AuthnRequestsSigned="{(key.Length > 0 ? "true" : "false")}" WantAssertionsSigned="true">{key}<AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{Safe(consumer)}" index="0" isDefault="true"/></SPSSODescriptor></EntityDescriptor>
            """;
    }

    private static string Safe(string text) => SecurityElement.Escape(text);
}
