using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Drover.Testing.Directories;

/// <summary>A certificate authority of a test, and the certificate that it gave to localhost and 127.0.0.1.</summary>
public sealed class TestAuthority
{
    private TestAuthority(string folder) => Folder = folder;

    /// <summary>Where ca.pem, server.pem and server.key are.</summary>
    public string Folder { get; }

    public string CaFile => Path.Combine(Folder, "ca.pem");

    public string CertificateFile => Path.Combine(Folder, "server.pem");

    public string KeyFile => Path.Combine(Folder, "server.key");

    /// <summary>A folder with the authority's certificate alone, as a server is told whom to trust.</summary>
    public string TrustFolder => Path.Combine(Folder, "trust");

    public static TestAuthority Create(string folder)
    {
        var authority = new TestAuthority(Directory.CreateDirectory(folder).FullName);
        Directory.CreateDirectory(authority.TrustFolder);
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var caKey = RSA.Create(2048);
        var ca = new CertificateRequest("CN=Drover Test Authority", caKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        ca.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        ca.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using var caCertificate = ca.CreateSelfSigned(from, to);
        using var key = RSA.Create(2048);
        var server = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var certificate = server.Create(caCertificate, from.AddMinutes(1), to.AddMinutes(-1), RandomNumberGenerator.GetBytes(16));
        File.WriteAllText(authority.CaFile, caCertificate.ExportCertificatePem());
        File.Copy(authority.CaFile, Path.Combine(authority.TrustFolder, "ca.pem"));
        File.WriteAllText(authority.CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(authority.KeyFile, key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(authority.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return authority;
    }
}
