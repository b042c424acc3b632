using System.Security.Cryptography;
using System.Xml;

namespace Drover.Server.SignIn.Saml;

/// <summary>Opens encrypted assertions (XML Encryption 1.1): RSA-OAEP for the key, AES-GCM or AES-CBC for the data. RSA 1.5 is refused: it leaks.</summary>
public static class SamlDecryption
{
    private const string Oaep = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", Oaep11 = "http://www.w3.org/2009/xmlenc11#rsa-oaep";
    private const string Xmlenc11 = "http://www.w3.org/2009/xmlenc11#";

    /// <summary>The assertion inside, as a document of its own.</summary>
    public static XmlDocument Open(XmlElement encrypted, string? privateKeyPem)
    {
        if (privateKeyPem is null) throw new SamlException("the assertion is encrypted and there is no spKey to open it with");
        var data = encrypted.Child("EncryptedData", SamlXml.Encryption) ?? throw new SamlException("there is nothing in the encrypted assertion");
        var key = data.GetElementsByTagName("EncryptedKey", SamlXml.Encryption).OfType<XmlElement>().FirstOrDefault()
            ?? encrypted.Child("EncryptedKey", SamlXml.Encryption) ?? throw new SamlException("the encrypted assertion has no key");
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(privateKeyPem);
            var secret = rsa.Decrypt(Cipher(key), Padding(key));
            return SamlXml.Read(Plain(Algorithm(data), secret, Cipher(data)));
        }
        catch (Exception broken) when (broken is CryptographicException or ArgumentException or FormatException or OverflowException)
        {
            // One text for all of it: what exactly went wrong would help to guess the content.
            throw new SamlException("the encrypted assertion cannot be opened with spKey");
        }
    }

    private static RSAEncryptionPadding Padding(XmlElement key)
    {
        var method = key.Child("EncryptionMethod", SamlXml.Encryption) ?? throw new SamlException("the encrypted key names no method");
        if (method.Of("Algorithm") is not (Oaep or Oaep11)) throw new SamlException("the encrypted key's method does not hold");
        var digest = method.Child("DigestMethod", SamlXml.Signature)?.Of("Algorithm") ?? "#sha1";
        var mask = method.Child("MGF", Xmlenc11)?.Of("Algorithm") ?? "#mgf1sha1";
        return (digest[(digest.LastIndexOf('#') + 1)..], mask[(mask.LastIndexOf('#') + 1)..]) switch
        {
            ("sha1", "mgf1sha1") => RSAEncryptionPadding.OaepSHA1,
            ("sha256", "mgf1sha256") => RSAEncryptionPadding.OaepSHA256,
            ("sha384", "mgf1sha384") => RSAEncryptionPadding.OaepSHA384,
            ("sha512", "mgf1sha512") => RSAEncryptionPadding.OaepSHA512,
            _ => throw new SamlException("the encrypted key's digest is not known"),
        };
    }

    private static byte[] Plain(string algorithm, byte[] secret, byte[] cipher)
    {
        switch (algorithm[(algorithm.LastIndexOf('#') + 1)..])
        {
            case "aes128-gcm" or "aes192-gcm" or "aes256-gcm":
                var plain = new byte[cipher.Length - 28];
                using (var gcm = new AesGcm(secret, 16)) gcm.Decrypt(cipher.AsSpan(0, 12), cipher.AsSpan(12, plain.Length), cipher.AsSpan(cipher.Length - 16), plain);
                return plain;
            case "aes128-cbc" or "aes192-cbc" or "aes256-cbc":
                using (var aes = Aes.Create())
                {
                    aes.Key = secret;
                    var padded = aes.DecryptCbc(cipher.AsSpan(16), cipher.AsSpan(0, 16), PaddingMode.None);
                    return padded[..^padded[^1]];
                }

            default:
                throw new SamlException("the assertion's cipher is not known");
        }
    }

    private static string Algorithm(XmlElement data) => data.Child("EncryptionMethod", SamlXml.Encryption)?.Of("Algorithm") ?? "";

    private static byte[] Cipher(XmlElement of)
        => Convert.FromBase64String(of.Child("CipherData", SamlXml.Encryption)?.Child("CipherValue", SamlXml.Encryption)?.InnerText ?? throw new SamlException("the cipher text is missing"));
}
