using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace Drover.Server.Tests.SignIn;

public sealed class SamlTests : SamlTest
{
    private const string Ns = "urn:oasis:names:tc:SAML:2.0:assertion";

    /// <summary>Wrong answers, each from the question of a right one.</summary>
    private static readonly Dictionary<string, Func<TestSamlServer, TestSamlServer.Answer, string>> Wrong = new()
    {
        ["not signed"] = (_, a) => TestSamlServer.Draw(a).OuterXml,
        ["signed with another key"] = (s, a) => s.Sign(TestSamlServer.Draw(a), RSA.Create(2048)).OuterXml,
        ["signed with SHA-1"] = (s, a) => s.Sign(TestSamlServer.Draw(a), null, false, SignedXml.XmlDsigRSASHA1Url, SignedXml.XmlDsigSHA1Url).OuterXml,
        ["changed after signing"] = (s, a) => s.Sign(TestSamlServer.Draw(a)).OuterXml.Replace(">u-1<", ">u-2<", StringComparison.Ordinal),
        ["expired"] = (s, a) => s.Sign(TestSamlServer.Draw(a with { End = DateTimeOffset.UtcNow.AddMinutes(-3) })).OuterXml,
        ["not yet"] = (s, a) => s.Sign(TestSamlServer.Draw(a with { Begin = DateTimeOffset.UtcNow.AddMinutes(3) })).OuterXml,
        ["other audience"] = (s, a) => s.Sign(TestSamlServer.Draw(a with { Audience = "http://another.example" })).OuterXml,
        ["other recipient"] = (s, a) => s.Sign(TestSamlServer.Draw(a with { Recipient = "http://another.example/acs" })).OuterXml,
        ["other issuer"] = (s, a) => s.Sign(TestSamlServer.Draw(a with { Issuer = "http://another.example" })).OuterXml,
        ["never asked for"] = (s, a) => s.Sign(TestSamlServer.Draw(a with { RequestId = "_invented" })).OuterXml,
        ["a failure"] = (s, a) => s.Sign(TestSamlServer.Draw(a with { Status = "urn:oasis:names:tc:SAML:2.0:status:Responder" })).OuterXml,
        ["wrapped: a forged assertion before the signed one"] = (s, a) => Wrap(s.Sign(TestSamlServer.Draw(a)), a, before: true),
        ["wrapped: a forged assertion behind the signed one"] = (s, a) => Wrap(s.Sign(TestSamlServer.Draw(a)), a, before: false),
        ["wrapped: the signed one hidden in the forged one's signature"] = Hide,
        ["a document type with an entity"] = (s, a) => "<!DOCTYPE r [<!ENTITY e \"u-9\">]>" + s.Sign(TestSamlServer.Draw(a)).OuterXml,
        ["encrypted and not signed"] = (_, a) => TestSamlServer.Encrypt(TestSamlServer.Draw(a), OurKey).OuterXml,
        ["encrypted for another"] = (s, a) => TestSamlServer.Encrypt(s.Sign(TestSamlServer.Draw(a)), RSA.Create(2048)).OuterXml,
        ["rubbish"] = (_, _) => "<a",
    };

    public static TheoryData<string> Wrongs { get; } = [.. Wrong.Keys];

    [Theory]
    [InlineData("assertion")]
    [InlineData("answer")]
    [InlineData("both")]
    [InlineData("encrypted")]
    public async Task A_browser_signs_in_with_a_signed_answer(string signed)
    {
        using var server = await ConfigureAsync();
        var left = await LeaveAsync(Login + "?redirectBackPath=/env/1a5");
        var document = TestSamlServer.Draw(TestSamlServer.Asked(left.To));
        if (signed is "assertion" or "both" or "encrypted") server.Sign(document);
        if (signed is "encrypted") TestSamlServer.Encrypt(document, OurKey);
        if (signed is "answer" or "both") server.Sign(document, whole: true);

        var reply = await ReturnAsync(document.OuterXml, left.Cookie);

        reply.Headers.Location!.ToString().ShouldBe("/env/1a5");
        var key = SessionOf(reply);
        var token = (await Api.GetAsync("/token", Bearer(key))).Data[0];
        token.GetProperty("userType").GetString().ShouldBe("admin");
        token.GetProperty("userIdentity").GetProperty("name").GetString().ShouldBe("Ann Smith");
        (await Api.GetAsync("/identities", Bearer(key))).Data.Select(i => i.GetProperty("id").GetString())
            .ShouldBe(["1i!rancher_id:1a1", "1i!shibboleth_user:u-1", "1i!shibboleth_group:devs", "1i!shibboleth_group:ops"]);
    }

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task A_wrong_answer_signs_nobody_in(string wrong)
    {
        using var server = await ConfigureAsync();
        var left = await LeaveAsync(Login);

        ShouldBeRefused(await ReturnAsync(Wrong[wrong](server, TestSamlServer.Asked(left.To)), left.Cookie), wrong);
    }

    [Fact]
    public async Task An_answer_works_once_and_for_the_browser_that_asked()
    {
        using var server = await ConfigureAsync();
        var left = await LeaveAsync(Login);
        var xml = server.Sign(TestSamlServer.Draw(TestSamlServer.Asked(left.To))).OuterXml;
        var finish = (await ConsumeAsync(xml)).Headers.Location!.ToString();

        ShouldBeRefused(await Api.GetAsync(Site + finish));
        ShouldBeRefused(await Api.GetAsync(Site + finish, left.Cookie));
        ShouldBeRefused(await ReturnAsync(xml, left.Cookie));
    }

    [Fact]
    public async Task Attributes_that_somebody_posts_are_no_sign_in()
    {
        using var server = await ConfigureAsync();

        (await TryAsync("""{"uid":["u-1"]}""")).Code.ShouldBe("codeInvalid");
    }

    [Fact]
    public async Task The_servers_own_metadata_name_its_address()
    {
        using var server = await ConfigureAsync();

        var reply = await Api.GetAsync(Site + "/v1-auth/saml/metadata", Remote);

        reply.Text.ShouldContain($"entityID=\"{Site}/v1-auth/saml/metadata\"");
        reply.Text.ShouldContain($"Location=\"{Site}/v1-auth/saml/acs\"");
    }

    [Fact]
    public async Task Metadata_that_cannot_be_used_are_not_stored()
    {
        await NameAsync();

        (await PostAsync("<EntityDescriptor/>")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_server_whose_name_is_not_set_is_not_configured_for_it()
    {
        using var server = new TestSamlServer();

        (await PostAsync(server.Metadata)).Code.ShouldBe("InvalidSamlConfig");
    }

    [Fact]
    public async Task An_answer_that_was_made_for_another_site_does_not_fit_because_the_request_names_that_site()
    {
        using var server = await ConfigureAsync();
        var left = await LeaveAsync(Login);
        const string Other = "https://other.example/v1-auth/saml/";
        var answer = TestSamlServer.Asked(left.To) with { Consumer = Other + "acs", Recipient = Other + "acs", Audience = Other + "metadata" };

        var consumed = await ConsumeAsync(server.Sign(TestSamlServer.Draw(answer)).OuterXml, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "other.example"));

        ShouldBeRefused(consumed);
    }

    [Fact]
    public async Task A_browser_that_knows_the_server_by_another_name_that_was_set_gets_its_session_there()
    {
        using var server = await ConfigureAsync();
        var other = Site.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var path = $"{Login}?redirectBackBase={Uri.EscapeDataString(other)}&redirectBackPath=/env";
        (await Api.GetAsync(Site + path)).Status.ShouldBe(422);
        await Api.PutAsync("/settings/api.auth.shibboleth.redirect.whitelist", new { value = "https://a.example, " + other });

        var moved = (await Api.GetAsync(Site + path)).Headers.Location!;
        moved.GetLeftPart(UriPartial.Authority).ShouldBe(other);
        var left = await Api.GetAsync(moved.ToString());
        (string Name, string Value) cookie = ("Cookie", left.Header("Set-Cookie")!.Split(';')[0]);
        var page = await ConsumeAsync(server.Sign(TestSamlServer.Draw(TestSamlServer.Asked(left.Headers.Location!))).OuterXml);
        page.Text.ShouldContain($"action=\"{other}/v1-auth/saml/tokenhtml\"");
        var ticket = page.Text.Split("name=\"token\" value=\"")[1].Split('"')[0];
        var sentOn = await PostFormAsync(other + "/v1-auth/saml/tokenhtml", "token", ticket);
        var reply = await Api.GetAsync(other + sentOn.Headers.Location, cookie);

        reply.Headers.Location!.ToString().ShouldBe("/env");
        SessionOf(reply).ShouldNotBe(ticket);
        ShouldBeRefused(await Api.GetAsync(other + sentOn.Headers.Location, cookie));
    }

    private static string Wrap(XmlDocument signed, TestSamlServer.Answer answer, bool before)
    {
        var forged = signed.CreateDocumentFragment();
        forged.InnerXml = TestSamlServer.Assertion(answer with { AssertionId = "_forged", Uid = "root" });
        var genuine = signed.GetElementsByTagName("Assertion", Ns)[0]!;
        if (before) signed.DocumentElement!.InsertBefore(forged, genuine);
        else signed.DocumentElement!.InsertAfter(forged, genuine);
        return signed.OuterXml;
    }

    /// <summary>The forged assertion takes the place and the ID of the genuine one, which stands in an Object of its signature.</summary>
    private static string Hide(TestSamlServer server, TestSamlServer.Answer answer)
    {
        var document = server.Sign(TestSamlServer.Draw(answer));
        var genuine = (XmlElement)document.GetElementsByTagName("Assertion", Ns)[0]!;
        var forged = document.CreateDocumentFragment();
        forged.InnerXml = TestSamlServer.Assertion(answer with { Uid = "root" });
        var root = (XmlElement)forged.FirstChild!;
        var signature = (XmlElement)genuine.GetElementsByTagName("Signature", SignedXml.XmlDsigNamespaceUrl)[0]!;
        document.DocumentElement!.ReplaceChild(forged, genuine);
        var hidden = document.CreateElement("Object", SignedXml.XmlDsigNamespaceUrl);
        hidden.AppendChild(genuine);
        var copy = signature.CloneNode(true);
        copy.AppendChild(hidden);
        root.InsertAfter(copy, root.FirstChild);
        return document.OuterXml;
    }
}
