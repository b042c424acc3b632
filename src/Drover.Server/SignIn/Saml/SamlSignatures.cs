using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace Drover.Server.SignIn.Saml;

/// <summary>Checks the signature of one element: by a known certificate, over this very element and nothing else, with algorithms that hold.</summary>
public static class SamlSignatures
{
    private static readonly FrozenSet<string> SignatureMethods = FrozenSet.Create(
        SignedXml.XmlDsigRSASHA256Url, SignedXml.XmlDsigRSASHA384Url, SignedXml.XmlDsigRSASHA512Url);

    private static readonly FrozenSet<string> DigestMethods = FrozenSet.Create(SignedXml.XmlDsigSHA256Url, SignedXml.XmlDsigSHA384Url, SignedXml.XmlDsigSHA512Url);

    private static readonly FrozenSet<string> Transforms = FrozenSet.Create(SignedXml.XmlDsigEnvelopedSignatureTransformUrl, SignedXml.XmlDsigExcC14NTransformUrl);

    /// <summary>True where the element carries a signature of its own that holds; false where it carries none. Throws where it carries one that does not hold.</summary>
    public static bool IsSigned(XmlElement element, IEnumerable<X509Certificate2> trusted)
    {
        if (element.Child("Signature", SamlXml.Signature) is not { } signature) return false;
        var id = element.Of("ID") ?? throw new SamlException("what is signed has no ID");
        var check = new OneElement(element, id);
        try
        {
            check.LoadXml(signature);
        }
        catch (CryptographicException broken)
        {
            throw new SamlException($"the signature is broken: {broken.Message}");
        }

        CheckForm(check, id);
        foreach (var certificate in trusted)
            if (Holds(check, certificate))
                return true;
        throw new SamlException("the signature is not the identity provider's, or what it signs was changed");
    }

    private static void CheckForm(OneElement check, string id)
    {
        var info = check.SignedInfo ?? throw new SamlException("the signature signs nothing");
        if (info.References.Count != 1 || info.References[0] is not Reference { Uri: { } uri } reference || uri != "#" + id)
            throw new SamlException("the signature is over something else than what carries it");
        if (!SignatureMethods.Contains(info.SignatureMethod ?? "") || !DigestMethods.Contains(reference.DigestMethod)) throw new SamlException("the signature's algorithm does not hold");
        if (info.CanonicalizationMethod != SignedXml.XmlDsigExcC14NTransformUrl) throw new SamlException("the signature's canonical form is not the exclusive one");
        for (var at = 0; at < reference.TransformChain.Count; at++)
            if (!Transforms.Contains(reference.TransformChain[at].Algorithm ?? ""))
                throw new SamlException("the signature transforms what it signs");
    }

    private static bool Holds(OneElement check, X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPublicKey();
        try
        {
            return key is not null && check.CheckSignature(key);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Finds the one element that is meant, and no other of the same ID.</summary>
    private sealed class OneElement : SignedXml
    {
        private readonly XmlElement _element;
        private readonly string _id;

        public OneElement(XmlElement element, string id)
            : base(element)
        {
            (_element, _id) = (element, id);
            Resolver = null!;
        }

        public override XmlElement? GetIdElement(XmlDocument? document, string idValue) => idValue == _id ? _element : null;
    }
}
