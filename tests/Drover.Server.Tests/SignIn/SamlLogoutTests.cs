using System.Security.Cryptography;
using System.Xml;

namespace Drover.Server.Tests.SignIn;

/// <summary>Single logout, begun here and at the identity provider.</summary>
public sealed class SamlLogoutTests : SamlTest
{
    private const string Success = """<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>""";
    private const string Who = """<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" NameQualifier="q">n-1</saml:NameID>""";

    /// <summary>Wrong answers to somebody who left here.</summary>
    private static readonly Dictionary<string, Func<TestSamlServer, string, string, string>> WrongAnswers = new()
    {
        ["not signed"] = (s, to, id) => Unsigned(Answer(s, to, id)),
        ["signed with another key"] = (s, to, id) => s.Redirect("SAMLResponse", "LogoutResponse", to, $"InResponseTo=\"{id}\"", Success, RSA.Create(2048)),
        ["changed after signing"] = (s, to, id) => Answer(s, to, id).Replace("RelayState=back", "RelayState=away", StringComparison.Ordinal),
        ["to another request"] = (s, to, _) => Answer(s, to, "_another"),
        ["for another address"] = (s, _, id) => Answer(s, "https://other.example/v1-auth/saml/slo", id),
        ["of another identity provider"] = (s, to, id) => s.Redirect("SAMLResponse", "LogoutResponse", to, $"InResponseTo=\"{id}\"", Success, issuer: "https://other.example"),
        ["a request in its place"] = (s, to, id) => s.Redirect("SAMLResponse", "LogoutRequest", to, $"InResponseTo=\"{id}\"", Who),
        ["two of them"] = (s, to, id) => Answer(s, to, id) + "&SAMLResponse=AA%3D%3D",
    };

    /// <summary>Wrong wishes of the identity provider.</summary>
    private static readonly Dictionary<string, Func<TestSamlServer, string, string>> WrongWishes = new()
    {
        ["not signed"] = (s, to) => Unsigned(Wish(s, to)),
        ["signed with another key"] = (s, to) => s.Redirect("SAMLRequest", "LogoutRequest", to, "", Who, RSA.Create(2048)),
        ["changed after signing"] = (s, to) => Wish(s, to).Replace("RelayState=back", "RelayState=away", StringComparison.Ordinal),
        ["for another address"] = (s, _) => Wish(s, "https://other.example/v1-auth/saml/slo"),
        ["of another identity provider"] = (s, to) => s.Redirect("SAMLRequest", "LogoutRequest", to, "", Who, issuer: "https://other.example"),
        ["old"] = (s, to) => s.Redirect("SAMLRequest", "LogoutRequest", to, "", Who, made: DateTimeOffset.UtcNow.AddMinutes(-10)),
        ["over"] = (s, to) => s.Redirect("SAMLRequest", "LogoutRequest", to, "NotOnOrAfter=\"2020-01-01T00:00:00Z\"", Who),
        ["about nobody"] = (s, to) => s.Redirect("SAMLRequest", "LogoutRequest", to, "", ""),
        ["an answer in its place"] = (s, to) => s.Redirect("SAMLRequest", "LogoutResponse", to, "", Who),
        ["rubbish"] = (_, _) => "?SAMLRequest=AAAA&SigAlg=x&Signature=AAAA",
    };

    public static TheoryData<string> Answers { get; } = [.. WrongAnswers.Keys];

    public static TheoryData<string> Wishes { get; } = [.. WrongWishes.Keys];

    private string SignOut => Site + "/v1-auth/saml/slo";

    [Fact]
    public async Task Who_leaves_here_leaves_at_the_identity_provider_and_comes_back()
    {
        using var server = await ConfigureAsync();
        var key = await EnterAsync(server);

        var left = await LeaveAsync("/v1-auth/saml/logout?redirectBackPath=/bye", ("Cookie", "token=" + key));

        await IsOutAsync(key);
        left.To.GetLeftPart(UriPartial.Path).ShouldBe("https://idp.lab.test/slo");
        TestSamlServer.IsSigned(left.To, OurKey).ShouldBeTrue();
        var request = TestSamlServer.Message(left.To, "SAMLRequest");
        request.LocalName.ShouldBe("LogoutRequest");
        request.GetAttribute("Destination").ShouldBe("https://idp.lab.test/slo");
        var name = (XmlElement)request.GetElementsByTagName("NameID", "urn:oasis:names:tc:SAML:2.0:assertion")[0]!;
        (name.InnerText, name.GetAttribute("NameQualifier")).ShouldBe(("n-1", "q"));
        request.GetElementsByTagName("SessionIndex", "urn:oasis:names:tc:SAML:2.0:protocol")[0]!.InnerText.ShouldBe("s-1");
        var back = SignOut + Answer(server, SignOut, request.GetAttribute("ID"));
        ShouldBeRefused(await Api.GetAsync(back));
    }

    [Fact]
    public async Task The_answer_brings_the_browser_back_once()
    {
        using var server = await ConfigureAsync();
        var (left, id) = await LeftAsync(server);
        var back = SignOut + Answer(server, SignOut, id);

        (await Api.GetAsync(back, left.Cookie)).Headers.Location!.ToString().ShouldBe("/bye");
        ShouldBeRefused(await Api.GetAsync(back, left.Cookie));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_wrong_answer_is_refused(string wrong)
    {
        using var server = await ConfigureAsync();
        var (left, id) = await LeftAsync(server);

        ShouldBeRefused(await Api.GetAsync(SignOut + WrongAnswers[wrong](server, SignOut, id), left.Cookie), wrong);
    }

    [Fact]
    public async Task An_answer_to_somebody_who_left_signs_nobody_in()
    {
        using var server = await ConfigureAsync();
        var (left, id) = await LeftAsync(server);
        var answer = new TestSamlServer.Answer(id, Site + "/v1-auth/saml/acs", Site + "/v1-auth/saml/metadata");

        ShouldBeRefused(await ReturnAsync(server.Sign(TestSamlServer.Draw(answer)).OuterXml, left.Cookie));
    }

    [Fact]
    public async Task The_identity_provider_ends_the_session_that_it_names_and_is_told_so()
    {
        using var server = await ConfigureAsync();
        var (one, other) = (await EnterAsync(server), await EnterAsync(server, "s-2"));

        var told = (await Api.GetAsync(SignOut + Wish(server, SignOut, "<samlp:SessionIndex>s-1</samlp:SessionIndex>"), ("Cookie", "token=" + one))).Headers.Location!;

        await IsOutAsync(one);
        (await Api.GetAsync("/token", Bearer(other))).Data[0].GetProperty("jwt").GetString().ShouldBe(other);
        told.GetLeftPart(UriPartial.Path).ShouldBe("https://idp.lab.test/slo/answer");
        told.Query.ShouldContain("&RelayState=back%2Fthere&");
        TestSamlServer.IsSigned(told, OurKey).ShouldBeTrue();
        TestSamlServer.Message(told, "SAMLResponse").LocalName.ShouldBe("LogoutResponse");
    }

    [Fact]
    public async Task A_wish_that_names_no_session_ends_all_of_the_person_and_works_once()
    {
        using var server = await ConfigureAsync();
        var (one, other) = (await EnterAsync(server), await EnterAsync(server, "s-2"));
        var wish = SignOut + Wish(server, SignOut);

        (await Api.GetAsync(wish)).Status.ShouldBe(302);

        await IsOutAsync(one);
        await IsOutAsync(other);
        ShouldBeRefused(await Api.GetAsync(wish));
    }

    [Theory]
    [MemberData(nameof(Wishes))]
    public async Task A_wrong_wish_ends_no_session(string wrong)
    {
        using var server = await ConfigureAsync();
        var key = await EnterAsync(server);

        ShouldBeRefused(await Api.GetAsync(SignOut + WrongWishes[wrong](server, SignOut)), wrong);

        (await Api.GetAsync("/token", Bearer(key))).Data[0].GetProperty("jwt").GetString().ShouldBe(key, wrong);
    }

    [Fact]
    public async Task A_page_of_another_site_gets_nobody_to_leave()
    {
        using var server = await ConfigureAsync();
        var key = await EnterAsync(server);

        (await Api.GetAsync(Site + "/v1-auth/saml/logout", ("Cookie", "token=" + key), ("Sec-Fetch-Site", "cross-site"))).Headers.Location!.ToString().ShouldBe("/");

        (await Api.GetAsync("/token", Bearer(key))).Data[0].GetProperty("jwt").GetString().ShouldBe(key);
    }

    private static string Answer(TestSamlServer server, string to, string id) => server.Redirect("SAMLResponse", "LogoutResponse", to, $"InResponseTo=\"{id}\"", Success);

    private static string Wish(TestSamlServer server, string to, string session = "") => server.Redirect("SAMLRequest", "LogoutRequest", to, "", Who + session);

    private static string Unsigned(string query) => query[..query.IndexOf("&SigAlg=", StringComparison.Ordinal)];

    private async Task<string> EnterAsync(TestSamlServer server, string session = "s-1")
    {
        var left = await LeaveAsync(Login);
        return SessionOf(await ReturnAsync(server.Sign(TestSamlServer.Draw(TestSamlServer.Asked(left.To) with { SessionIndex = session })).OuterXml, left.Cookie));
    }

    private async Task<((Uri To, (string Name, string Value) Cookie) Left, string Id)> LeftAsync(TestSamlServer server)
    {
        var key = await EnterAsync(server);
        var reply = await Api.GetAsync(Site + "/v1-auth/saml/logout?redirectBackPath=/bye", ("Cookie", "token=" + key));
        var cookie = reply.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("drover-login=", StringComparison.Ordinal)).Split(';')[0];
        return ((reply.Headers.Location!, ("Cookie", cookie)), TestSamlServer.Message(reply.Headers.Location!, "SAMLRequest").GetAttribute("ID"));
    }

    private async Task IsOutAsync(string key) => (await Api.GetAsync("/token", Bearer(key))).Data[0].GetProperty("jwt").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
}
