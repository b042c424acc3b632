using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.SignIn.Saml;

/// <summary>Messages in the address of a redirect (SAML 2.0 Bindings, section 3.4): deflated, and signed over the address as it was sent.</summary>
public static class SamlRedirect
{
    public const string Request = "SAMLRequest", Response = "SAMLResponse";

    private const string Sha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    /// <summary>An address that carries a message, signed where there is a key.</summary>
    public static string Url(string address, string name, string xml, string? relayState, string? privateKey)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(Encoding.UTF8.GetBytes(xml));
        var query = $"{name}={Uri.EscapeDataString(Convert.ToBase64String(packed.ToArray()))}";
        if (relayState is not null) query += $"&RelayState={Uri.EscapeDataString(relayState)}";
        if (privateKey is not null)
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(privateKey);
            query += $"&SigAlg={Uri.EscapeDataString(Sha256)}";
            query += $"&Signature={Uri.EscapeDataString(Convert.ToBase64String(rsa.SignData(Encoding.UTF8.GetBytes(query), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)))}";
        }

        return $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }

    /// <summary>The message of an address. Throws <see cref="SamlException"/> where it is not signed by one of these, or no message.</summary>
    /// <param name="query">The address's query.</param>
    /// <param name="name">Which message: <see cref="Request"/> or <see cref="Response"/>.</param>
    /// <param name="trusted">Who may sign.</param>
    public static XmlElement Read(QueryString query, string name, IEnumerable<X509Certificate2> trusted)
    {
        var parts = Parts(query);
        var message = parts.GetValueOrDefault(name) ?? throw new SamlException($"there is no {name}");
        var method = parts.GetValueOrDefault("SigAlg") ?? throw new SamlException("it is not signed");
        var signature = Bytes(parts.GetValueOrDefault("Signature") ?? throw new SamlException("it is not signed"));
        var state = parts.GetValueOrDefault("RelayState") is { } relay ? $"&RelayState={relay}" : "";
        var signed = Encoding.UTF8.GetBytes($"{name}={message}{state}&SigAlg={method}");
        var hash = Plain(method) switch
        {
            Sha256 => HashAlgorithmName.SHA256,
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384" => HashAlgorithmName.SHA384,
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" => HashAlgorithmName.SHA512,
            _ => throw new SamlException("the signature's algorithm does not hold"),
        };
        if (!trusted.Any(certificate => Holds(certificate, signed, signature, hash))) throw new SamlException("the signature is not the identity provider's, or what it signs was changed");
        return SamlXml.Read(Inflate(Bytes(message))).DocumentElement ?? throw new SamlException("it is empty");
    }

    private static bool Holds(X509Certificate2 certificate, byte[] signed, byte[] signature, HashAlgorithmName hash)
    {
        using var key = certificate.GetRSAPublicKey();
        return key is not null && key.VerifyData(signed, signature, hash, RSASignaturePadding.Pkcs1);
    }

    /// <summary>The parts as they were sent: the signature is over their very letters.</summary>
    private static Dictionary<string, string> Parts(QueryString query)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in (query.Value ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && !parts.TryAdd(part[..at], part[(at + 1)..])) throw new SamlException($"{part[..at]} is there twice");
        }

        return parts;
    }

    private static string Plain(string part) => Uri.UnescapeDataString(part.Replace('+', ' '));

    private static byte[] Bytes(string part)
    {
        try
        {
            return Convert.FromBase64String(Plain(part));
        }
        catch (FormatException)
        {
            throw new SamlException("it is no base64");
        }
    }

    /// <summary>Reads no more than a message may have, however small it was packed.</summary>
    private static byte[] Inflate(byte[] packed)
    {
        using var inflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        var buffer = new byte[SamlXml.MostCharacters];
        try
        {
            var length = inflate.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length < buffer.Length ? buffer[..length] : throw new SamlException("it is too large");
        }
        catch (InvalidDataException)
        {
            throw new SamlException("it is not packed as it should be");
        }
    }
}
