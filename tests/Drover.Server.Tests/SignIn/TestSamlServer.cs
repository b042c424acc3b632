using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.WebUtilities;

namespace Drover.Server.Tests.SignIn;

/// <summary>A small SAML identity provider with a key of its own: signs real answers, and wrong ones where a test asks for them.</summary>
internal sealed class TestSamlServer : IDisposable
{
    public const string EntityId = "https://idp.lab.test/idp";

    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;

    public TestSamlServer()
    {
        var request = new CertificateRequest("CN=idp", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public string Metadata => $"""
        <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{EntityId}"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{Convert.ToBase64String(_certificate.RawData)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.lab.test/slo" ResponseLocation="https://idp.lab.test/slo/answer"/><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.lab.test/sso"/></IDPSSODescriptor></EntityDescriptor>
        """;

    /// <summary>The answer's parts, which a test may change before or after they are signed.</summary>
    public sealed record Answer(string RequestId, string Consumer, string Audience)
    {
        public string Issuer { get; init; } = EntityId;
        public string Recipient { get; init; } = Consumer;
        public string AssertionId { get; init; } = "_a" + Guid.NewGuid().ToString("N");
        public DateTimeOffset End { get; init; } = DateTimeOffset.UtcNow.AddMinutes(5);
        public DateTimeOffset Begin { get; init; } = DateTimeOffset.UtcNow.AddMinutes(-1);
        public string Status { get; init; } = "urn:oasis:names:tc:SAML:2.0:status:Success";
        public string Uid { get; init; } = "u-1";
        public string NameId { get; init; } = "n-1";
        public string SessionIndex { get; init; } = "s-1";
    }

    /// <summary>The question that a browser was sent with.</summary>
    public static Answer Asked(Uri to)
    {
        var root = Message(to, "SAMLRequest");
        return new Answer(root.GetAttribute("ID"), root.GetAttribute("AssertionConsumerServiceURL"), root.InnerText.Trim());
    }

    /// <summary>The message in the address of a redirect.</summary>
    public static XmlElement Message(Uri to, string name)
    {
        var packed = Convert.FromBase64String(QueryHelpers.ParseQuery(to.Query)[name].ToString());
        using var inflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        var document = new XmlDocument();
        document.Load(inflate);
        return document.DocumentElement!;
    }

    /// <summary>True where the address of a redirect is signed with this key.</summary>
    public static bool IsSigned(Uri to, RSA key)
    {
        var at = to.Query.LastIndexOf("&Signature=", StringComparison.Ordinal);
        var signature = Convert.FromBase64String(Uri.UnescapeDataString(to.Query[(at + "&Signature=".Length)..]));
        return key.VerifyData(Encoding.UTF8.GetBytes(to.Query[1..at]), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>The query of a redirect to the product with a message of single logout.</summary>
    /// <param name="name">SAMLRequest or SAMLResponse.</param>
    /// <param name="kind">LogoutRequest or LogoutResponse.</param>
    /// <param name="to">The address that it is meant for.</param>
    /// <param name="attributes">Further attributes of the message.</param>
    /// <param name="content">What stands in it behind the issuer.</param>
    /// <param name="key">Signs in place of the own key.</param>
    /// <param name="issuer">Stands in place of the own name.</param>
    /// <param name="made">When it says that it was made; null for now.</param>
    public string Redirect(string name, string kind, string to, string attributes, string content, RSA? key = null, string issuer = EntityId, DateTimeOffset? made = null)
    {
        var xml = $"""<samlp:{kind} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_l{Guid.NewGuid():N}" Version="2.0" IssueInstant="{Time(made ?? DateTimeOffset.UtcNow)}" Destination="{to}" {attributes}><saml:Issuer>{issuer}</saml:Issuer>{content}</samlp:{kind}>""";
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(Encoding.UTF8.GetBytes(xml));
        var query = $"{name}={Uri.EscapeDataString(Convert.ToBase64String(packed.ToArray()))}&RelayState=back%2Fthere&SigAlg={Uri.EscapeDataString(SignedXml.XmlDsigRSASHA256Url)}";
        var signature = (key ?? _key).SignData(Encoding.UTF8.GetBytes(query), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"?{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String(signature))}";
    }

    /// <summary>The answer, its assertion unsigned yet.</summary>
    public static XmlDocument Draw(Answer answer)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml($"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r{Guid.NewGuid():N}" Version="2.0" IssueInstant="{Time(DateTimeOffset.UtcNow)}" Destination="{answer.Consumer}" InResponseTo="{answer.RequestId}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{answer.Issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{answer.Status}"/></samlp:Status>{Assertion(answer)}</samlp:Response>""");
        return document;
    }

    public static string Assertion(Answer answer) => $"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{answer.AssertionId}" Version="2.0" IssueInstant="{Time(DateTimeOffset.UtcNow)}"><saml:Issuer>{answer.Issuer}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" NameQualifier="q">{answer.NameId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="{answer.RequestId}" Recipient="{answer.Recipient}" NotOnOrAfter="{Time(answer.End)}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{Time(answer.Begin)}" NotOnOrAfter="{Time(answer.End)}"><saml:AudienceRestriction><saml:Audience>{answer.Audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{Time(answer.Begin)}" SessionIndex="{answer.SessionIndex}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="urn:oid:uid" FriendlyName="uid"><saml:AttributeValue>{answer.Uid}</saml:AttributeValue></saml:Attribute><saml:Attribute Name="displayName"><saml:AttributeValue>Ann Smith</saml:AttributeValue></saml:Attribute><saml:Attribute Name="groups"><saml:AttributeValue>devs</saml:AttributeValue><saml:AttributeValue>ops</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>""";

    /// <summary>Signs the assertion of an answer, or the answer itself.</summary>
    public XmlDocument Sign(XmlDocument document, RSA? key = null, bool whole = false, string method = SignedXml.XmlDsigRSASHA256Url, string digest = SignedXml.XmlDsigSHA256Url)
    {
        var element = whole ? document.DocumentElement! : (XmlElement)document.GetElementsByTagName("Assertion", "urn:oasis:names:tc:SAML:2.0:assertion")[0]!;
        var signed = new SignedXml(element) { SigningKey = key ?? _key };
        signed.SignedInfo!.SignatureMethod = method;
        signed.SignedInfo.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        var reference = new Reference("#" + element.GetAttribute("ID")) { DigestMethod = digest };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        signed.AddReference(reference);
        signed.ComputeSignature();
        element.InsertAfter(document.ImportNode(signed.GetXml(), true), element.FirstChild);
        return document;
    }

    /// <summary>Puts the assertion of an answer under a certificate's key, as Shibboleth does.</summary>
    public static XmlDocument Encrypt(XmlDocument document, RSA recipient)
    {
        var assertion = (XmlElement)document.GetElementsByTagName("Assertion", "urn:oasis:names:tc:SAML:2.0:assertion")[0]!;
        var (secret, nonce, tag) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(12), new byte[16]);
        var plain = Encoding.UTF8.GetBytes(assertion.OuterXml);
        var cipher = new byte[plain.Length];
        using (var gcm = new AesGcm(secret, 16)) gcm.Encrypt(nonce, plain, cipher, tag);
        var key = Convert.ToBase64String(recipient.Encrypt(secret, RSAEncryptionPadding.OaepSHA1));
        var holder = document.CreateElement("saml", "EncryptedAssertion", "urn:oasis:names:tc:SAML:2.0:assertion");
        holder.InnerXml = $"""<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/><xenc:CipherData><xenc:CipherValue>{key}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>{Convert.ToBase64String([.. nonce, .. cipher, .. tag])}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>""";
        assertion.ParentNode!.ReplaceChild(holder, assertion);
        return document;
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
