using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Drover.Model.Certificates;
using Drover.Server.Certificates;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Certificates;

public sealed class CertificateTests : ApiTest
{
    private static readonly DateTimeOffset Issued = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void It_tells_what_stands_in_its_text()
    {
        var read = CertificateText.Read(new Certificate { Cert = Pem("a.example", "a.example", "b.example") }).ShouldNotBeNull();

        read.CN.ShouldBe("a.example");
        read.Issuer.ShouldBe("CN=a.example");
        read.Algorithm.ShouldBe("SHA256WITHRSA");
        read.KeySize.ShouldBe(2048);
        read.Version.ShouldBe("3");
        read.IssuedAt.ShouldBe("Fri Jan 02 03:04:05 UTC 2026");
        read.ExpiresAt.ShouldBe("Sat Jan 02 03:04:05 UTC 2027");
        read.SubjectAlternativeNames.ShouldBe(["a.example", "b.example"]);
        read.SerialNumber.ShouldNotBeNull().ShouldAllBe(letter => char.IsAsciiDigit(letter));
        read.CertFingerprint.ShouldNotBeNull().Split(':').Length.ShouldBe(20);
    }

    [Fact]
    public void One_for_an_elliptic_curve_is_read_too()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=ec", key, HashAlgorithmName.SHA256).CreateSelfSigned(Issued, Issued.AddYears(1));

        var read = CertificateText.Read(new Certificate { Cert = made.ExportCertificatePem() }).ShouldNotBeNull();

        read.ShouldSatisfyAllConditions(r => r.Algorithm.ShouldBe("SHA256WITHECDSA"), r => r.KeySize.ShouldBe(256), r => r.SubjectAlternativeNames.ShouldBeEmpty());
    }

    [Theory]
    [InlineData("")]
    [InlineData("PEM")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void Other_text_is_no_certificate(string text) => CertificateText.Read(new Certificate { Cert = text }).ShouldBeNull();

    [Fact]
    public async Task What_it_says_is_shown_and_follows_a_new_text()
    {
        var certificate = await Api.CreateAsync(Api.Project + "/certificates", new { name = "c", cert = Pem("old.example"), key = "KEY" }, "active");
        var self = certificate.GetProperty("links").GetProperty("self").GetString()!;
        certificate.GetProperty("CN").GetString().ShouldBe("old.example");

        (await Api.PutAsync(self, new { description = "d" })).Status.ShouldBe(200);
        (await Api.PutAsync(self, new { cert = Pem("new.example"), key = "KEY" })).Json.GetProperty("CN").GetString().ShouldBe("new.example");
        (await Api.PutAsync(self, new { cert = "PEM" })).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(422), r => r.Code.ShouldBe("InvalidFormat"), r => r.Field.ShouldBe("cert"));

        (await Api.GetAsync(self)).Json.GetProperty("CN").GetString().ShouldBe("new.example");
    }

    private static string Pem(string name, params string[] others)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var other in others) names.AddDnsName(other);
        if (others.Length > 0) request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(Issued, Issued.AddYears(1));
        return made.ExportCertificatePem();
    }
}
