using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;

namespace Drover.Server.SignIn.Saml;

/// <summary>What an identity provider says of itself.</summary>
/// <param name="EntityId">Its name.</param>
/// <param name="SignOn">Where browsers are sent, by HTTP-Redirect.</param>
/// <param name="Certificates">With which it signs.</param>
public sealed record SamlMetadata(string EntityId, string SignOn, ImmutableArray<X509Certificate2> Certificates)
{
    /// <summary>Where browsers are sent to sign out everywhere, by HTTP-Redirect; null where that is not offered.</summary>
    public string? SignOut { get; init; }

    /// <summary>Where answers to its own wishes to sign out go; null where that is not offered.</summary>
    public string? SignOutAnswer { get; init; }

    private const string Redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

    /// <summary>Reads the first identity provider of a metadata document. Throws <see cref="SamlException"/> where there is none that can be used.</summary>
    public static SamlMetadata Parse(string text)
    {
        var document = SamlXml.Read(Encoding.UTF8.GetBytes(text));
        var role = document.All("IDPSSODescriptor", SamlXml.Metadata).FirstOrDefault() ?? throw new SamlException("the metadata describe no identity provider");
        var entity = (role.ParentNode as XmlElement)?.Of("entityID") ?? throw new SamlException("the identity provider has no entityID");
        var signOn = Address(role.Children("SingleSignOnService", SamlXml.Metadata).FirstOrDefault(s => s.Of("Binding") == Redirect)?.Of("Location"))
            ?? throw new SamlException("the identity provider has no address for HTTP-Redirect");
        var signOut = role.Children("SingleLogoutService", SamlXml.Metadata).FirstOrDefault(s => s.Of("Binding") == Redirect);
        ImmutableArray<X509Certificate2> certificates = [.. role.Children("KeyDescriptor", SamlXml.Metadata).Where(k => k.Of("use") is null or "signing").SelectMany(CertificatesOf)];
        return certificates.IsEmpty ? throw new SamlException("the identity provider has no certificate to sign with") : new SamlMetadata(entity, signOn, certificates)
        {
            SignOut = Address(signOut?.Of("Location")),
            SignOutAnswer = Address(signOut?.Of("ResponseLocation") ?? signOut?.Of("Location")),
        };
    }

    private static string? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.AbsoluteUri : null;

    private static IEnumerable<X509Certificate2> CertificatesOf(XmlElement key)
    {
        foreach (var element in key.GetElementsByTagName("X509Certificate", SamlXml.Signature).OfType<XmlElement>())
        {
            X509Certificate2 certificate;
            try
            {
                certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(element.InnerText.Trim()));
            }
            catch (Exception broken) when (broken is FormatException or CryptographicException)
            {
                throw new SamlException("a certificate of the identity provider is broken");
            }

            yield return certificate;
        }
    }
}
