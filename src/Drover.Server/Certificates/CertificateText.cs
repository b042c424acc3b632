using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Drover.Model.Certificates;

namespace Drover.Server.Certificates;

/// <summary>What a certificate says of itself, in the spelling of 1.6 (SEC-11).</summary>
public static class CertificateText
{
    private static readonly Dictionary<string, string> Algorithms = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.4"] = "MD5WITHRSA",
        ["1.2.840.113549.1.1.5"] = "SHA1WITHRSA",
        ["1.2.840.113549.1.1.11"] = "SHA256WITHRSA",
        ["1.2.840.113549.1.1.12"] = "SHA384WITHRSA",
        ["1.2.840.113549.1.1.13"] = "SHA512WITHRSA",
        ["1.2.840.10045.4.1"] = "SHA1WITHECDSA",
        ["1.2.840.10045.4.3.2"] = "SHA256WITHECDSA",
        ["1.2.840.10045.4.3.3"] = "SHA384WITHECDSA",
        ["1.2.840.10045.4.3.4"] = "SHA512WITHECDSA",
    };

    /// <summary>The record with all that follows from its PEM text (times in UTC); null where that is no certificate.</summary>
    public static Certificate? Read(Certificate record)
    {
        try
        {
            using var read = X509Certificate2.CreateFromPem(record.Cert);
            using var rsa = read.GetRSAPublicKey();
            using var ecdsa = read.GetECDsaPublicKey();
            return record with
            {
                CN = read.GetNameInfo(X509NameType.SimpleName, forIssuer: false),
                Algorithm = read.SignatureAlgorithm.Value is { } oid ? Algorithms.GetValueOrDefault(oid, oid) : null,
                CertFingerprint = string.Join(':', read.GetCertHash(HashAlgorithmName.SHA1).Select(part => part.ToString("X2", CultureInfo.InvariantCulture))),
                ExpiresAt = Text(read.NotAfter),
                IssuedAt = Text(read.NotBefore),
                Issuer = read.Issuer,
                KeySize = rsa?.KeySize ?? ecdsa?.KeySize,
                SerialNumber = new System.Numerics.BigInteger(read.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture),
                SubjectAlternativeNames = [.. read.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames())],
                Version = read.Version.ToString(CultureInfo.InvariantCulture),
            };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A time such as "Fri Feb 14 12:32:05 UTC 2020", which browsers read as a date.</summary>
    private static string Text(DateTime time) => time.ToUniversalTime().ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
}
