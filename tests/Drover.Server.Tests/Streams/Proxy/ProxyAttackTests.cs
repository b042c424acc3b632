using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Tests.Streams.Proxy;

/// <summary>A container's web server against the server under whose name its pages stand, and strangers against both (docs/decisions/0017).</summary>
public sealed class ProxyAttackTests : ProxyTest
{
    private static readonly (string, string) Browser = ("User-Agent", "Mozilla/5.0");

    [Fact]
    public async Task Nothing_that_the_server_knows_people_by_reaches_the_container()
    {
        IHeaderDictionary? seen = null;
        Page = http =>
        {
            seen = new HeaderDictionary(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase));
            return Task.CompletedTask;
        };
        await ServeAsync();
        var member = await MemberAsync("member");

        var reply = await Api.GetAsync(Service + "/", member, Far, ("Cookie", "drover-setup=x; CSRF=0123; PL=rancher; drover-r-sid=1; other=2; drover-r-b=3"), ("X-API-CSRF", "0123"),
            ("X-API-Project-Id", "1a5"), ("X-API-Auth-Header", "Basic x"), ("Proxy-Authorization", "Basic x"), ("X-Drover", "1"), ("Connection", "X-Own"), ("X-Own", "1"), ("X-Forwarded-Prefix", "/evil"));

        reply.Status.ShouldBe(200, reply.Text);
        seen.ShouldNotBeNull();
        seen.ContainsKey("Authorization").ShouldBeFalse();
        seen.Cookie.ToString().ShouldBe("sid=1; b=3");
        foreach (var name in (string[])["X-API-CSRF", "X-API-Project-Id", "X-API-Auth-Header", "Proxy-Authorization", "X-Drover", "X-Own"]) seen.ContainsKey(name).ShouldBeFalse(name);
        (seen["X-Forwarded-For"].ToString(), seen["X-Forwarded-Prefix"].ToString(), seen["X-Forwarded-Proto"].ToString()).ShouldBe(("10.0.0.1, 127.0.0.1", "/r/projects/1a5/web", "http"));
    }

    [Fact]
    public async Task A_sessions_key_reaches_no_container_wherever_it_stands()
    {
        var seen = "";
        Page = http =>
        {
            seen = $"{http.Request.QueryString} {string.Join('|', http.Request.Headers.Select(h => $"{h.Key}={h.Value}"))}";
            return Task.CompletedTask;
        };
        await ServeAsync();
        (await Api.PostAsync("/localauthconfig", new { enabled = true, accessMode = "unrestricted", username = "root", password = "right horse" })).Status.ShouldBe(201);
        var jwt = (await Api.PostAsync("/token", new { code = "root:right horse" })).Json.GetProperty("jwt").GetString()!;

        foreach (var (url, headers) in new (string, (string, string)[])[]
        {
            ("/?a=1&token=" + jwt + "&b=2", []),
            ("/", [("Cookie", "token=" + jwt)]),
            ("/", [("Authorization", "Bearer " + jwt)]),
            ("/", [Tests.Api.ApiServer.Basic("x-api-bearer=1a5", jwt)]),
        })
        {
            (await Api.GetAsync(Service + url, headers)).Status.ShouldBe(200, url);
            seen.ShouldNotContain(jwt);
        }

        await Api.GetAsync(Service + "/?token=the-apps-own", ("Cookie", "token=" + jwt));
        seen.ShouldContain("token=the-apps-own");
    }

    [Fact]
    public async Task An_answer_sets_no_cookie_of_the_server_and_keeps_to_its_own_paths()
    {
        Page = http =>
        {
            http.Response.Headers.Append("Set-Cookie", "token=evil; Path=/; Domain=example.com; SameSite=None");
            http.Response.Headers.Append("Set-Cookie", "sid=1; Path=/admin; Max-Age=60; Secure");
            http.Response.Headers.Append("Set-Cookie", "up=1; Path=/../../v2-beta");
            http.Response.Headers.Append("Set-Cookie", "rubbish");
            return Task.CompletedTask;
        };
        await ServeAsync();

        var cookies = (await Api.GetAsync(Service + "/")).Headers.GetValues("Set-Cookie");

        cookies.ShouldBe(
        [
            "drover-r-token=evil; Path=/r/projects/1a5/web/; HttpOnly; SameSite=Lax",
            "drover-r-sid=1; Path=/r/projects/1a5/web/admin; HttpOnly; SameSite=Lax; Max-Age=60",
            "drover-r-up=1; Path=/r/projects/1a5/web/../../v2-beta; HttpOnly; SameSite=Lax",
        ]);
    }

    [Fact]
    public async Task Every_answer_is_a_site_of_its_own_for_a_browser_whatever_the_container_says()
    {
        Page = http =>
        {
            http.Response.StatusCode = http.Request.Path == "/missing" ? 404 : 200;
            http.Response.Headers.ContentSecurityPolicy = "sandbox allow-same-origin allow-scripts";
            foreach (var name in (string[])["Service-Worker-Allowed", "Clear-Site-Data", "Strict-Transport-Security", "Alt-Svc", "NEL", "Report-To", "Cross-Origin-Opener-Policy"]) http.Response.Headers[name] = "*";
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<script>fetch('/v2-beta')</script>");
        };
        await ServeAsync();
        var token = (await Api.PostAsync($"{Container}/?action=proxy")).Json.GetProperty("token").GetString();

        foreach (var url in new[] { Service + "/", Service + "/missing", $"{Api.Server.Url}v1/container-proxy/?token={token}" })
        {
            var reply = await Api.GetAsync(url);
            var policies = reply.Headers.GetValues("Content-Security-Policy").ToList();
            policies.Count.ShouldBe(2, "the container's own may say more, not less");
            policies[1].ShouldBe("sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads");
            reply.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            foreach (var name in (string[])["Service-Worker-Allowed", "Clear-Site-Data", "Strict-Transport-Security", "Alt-Svc", "NEL", "Report-To", "Cross-Origin-Opener-Policy"]) reply.Headers.Contains(name).ShouldBeFalse(name);
        }
    }

    [Theory]
    [InlineData("/next?a=1#b", "/r/projects/1a5/web/next?a=1#b")]
    [InlineData("next", "next")]
    [InlineData("http://SERVER/next", "/r/projects/1a5/web/next")]
    [InlineData("/r/projects/1a5/web/next", "/r/projects/1a5/web/next")]
    [InlineData("//elsewhere.example/", "//elsewhere.example/")]
    [InlineData("https://elsewhere.example/x", "https://elsewhere.example/x")]
    public async Task A_container_sends_people_on_within_its_own_paths(string said, string heard)
    {
        Page = http =>
        {
            http.Response.StatusCode = 302;
            http.Response.Headers.Location = said.Replace("SERVER", http.Request.Host.Value, StringComparison.Ordinal);
            return Task.CompletedTask;
        };
        await ServeAsync();

        (await Api.GetAsync(Service + "/")).Header("Location").ShouldBe(heard);
    }

    [Fact]
    public async Task An_origin_that_is_none_is_refused_before_the_container_is_called()
    {
        await ServeAsync();
        var member = await MemberAsync("member");

        (await Api.GetAsync(Service + "/", member, Far, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "["))).Status.ShouldBe(400);

        Dialled.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_carries_nothing_of_an_answer_that_cannot_be_passed_on()
    {
        Page = http =>
        {
            http.Response.Headers.CacheControl = "public, max-age=99999";
            http.Response.Headers.SetCookie = "sid=1";
            http.Response.Headers.Location = "/next";
            http.Response.StatusCode = StatusCodes.Status101SwitchingProtocols;
            return Task.CompletedTask;
        };
        await ServeAsync();

        var reply = await Api.GetAsync(Service + "/");

        reply.Status.ShouldBe(502, reply.Text);
        foreach (var name in (string[])["Cache-Control", "Set-Cookie", "Location"]) reply.Headers.Contains(name).ShouldBeFalse(name);
        reply.Header("X-Content-Type-Options").ShouldBe("nosniff");
    }

    [Fact]
    public async Task Strangers_are_sent_to_sign_in_and_see_nothing()
    {
        await ServeAsync();
        await Api.PutAsync("/settings/api.security.enabled", new { value = "true" });

        foreach (var headers in new (string, string)[][] { [], [("Cookie", "token=rubbish")], [Tests.Api.ApiServer.Basic("a", "b")] })
        {
            var reply = await Api.GetAsync(Service + "/a b?c=d", headers);
            (reply.Status, reply.Header("Location")).ShouldBe((302, "/login?redirectTo=%2Fr%2Fprojects%2F1a5%2Fweb%2Fa%20b"));
        }

        (await Api.GetAsync($"{Api.Server.Url}r/projects/1a5/nobody/")).Status.ShouldBe(302, "strangers do not learn what there is");
        (await Api.GetAsync($"{Api.Server.Url}v1/container-proxy/")).Status.ShouldBe(401);
        Dialled.ShouldBeEmpty();
    }

    [Fact]
    public async Task Readers_and_people_of_other_environments_are_refused()
    {
        await ServeAsync();
        var reader = await MemberAsync("readonly");
        var nobody = await TestPeople.AddAsync(Api, "nobody");
        var agent = Tests.Api.ApiServer.Basic("registrationToken", await Hosts.NewTokenAsync(Api.Project));

        foreach (var (who, why) in new[] { (reader, "reader"), (nobody, "nobody"), (agent, "registration token") })
            (await Api.GetAsync(Service + "/", who, Far)).Status.ShouldBe(403, why);
        (await Api.PostAsync(Api.Project + "/serviceproxies", new { service = "web" }, reader, Far)).Status.ShouldBe(405);
        (await Api.PostAsync($"{Container}/?action=proxy", null, reader, Far)).Status.ShouldBeOneOf(404, 405, 422);
        Dialled.ShouldBeEmpty();
    }

    [Fact]
    public async Task Restricted_members_reach_plain_containers_and_none_that_reaches_beyond_itself()
    {
        await ServeAsync(new { privileged = true });
        var restricted = await MemberAsync("restricted");

        (await Api.GetAsync(Service + "/", restricted, Far)).Status.ShouldBe(403);
        (await Api.PostAsync(Api.Project + "/serviceproxies", new { service = "web" }, restricted, Far)).Status.ShouldBe(403);
        (await Api.PostAsync($"{Container}/?action=proxy", null, restricted, Far)).Status.ShouldBe(200);
        await Api.PutAsync("/settings/allow.restricted.user.exec", new { value = "true" });
        (await Api.GetAsync(Service + "/", restricted, Far)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_page_of_another_site_or_of_a_container_sends_nothing_in_a_persons_name()
    {
        Page = http => http.WebSockets.IsWebSocketRequest ? Task.CompletedTask : http.Response.WriteAsync("reached");
        await ServeAsync();

        foreach (var origin in new[] { "null", "http://evil.example" })
        {
            (await Api.PostAsync(Service + "/", "x", Browser, ("Origin", origin))).Status.ShouldBe(403);
            using var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.SetRequestHeader("User-Agent", "Mozilla/5.0");
            socket.Options.SetRequestHeader("Origin", origin);
            await Should.ThrowAsync<WebSocketException>(socket.ConnectAsync(new Uri(Service.Replace("http:", "ws:", StringComparison.Ordinal) + "/"), Cancel));
            ((int)socket.HttpStatusCode).ShouldBe(403);
        }

        Dialled.ShouldBeEmpty();
        (await Api.PostAsync(Service + "/", "x", Browser, ("Origin", Api.Server.Url.ToString().TrimEnd('/')))).Text.ShouldBe("reached");
    }

    [Theory]
    [InlineData("GET /r/projects/1a5/web/../../../v2-beta/projects HTTP/1.1")]
    [InlineData("GET /r/projects/1a5/web%2F..%2Fother/ HTTP/1.1")]
    [InlineData("GET /x/../r/projects/1a5/web/ HTTP/1.1")]
    [InlineData("GET //r/projects/1a5/web/ HTTP/1.1")]
    public async Task Tricks_in_a_path_reach_no_container_that_was_not_asked_for(string line)
    {
        await ServeAsync();

        await RawAsync($"{line}\r\nHost: {Api.Server.Url.Authority}\r\nConnection: close\r\n\r\n");

        Dialled.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_cannot_be_cut_in_two_on_its_way()
    {
        var requests = 0;
        Page = async http =>
        {
            Interlocked.Increment(ref requests);
            await http.Request.Body.CopyToAsync(Stream.Null);
        };
        await ServeAsync();
        var host = Api.Server.Url.Authority;

        await RawAsync($"POST /r/projects/1a5/web/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /second HTTP/1.1\r\nHost: {host}\r\n\r\n");
        await RawAsync($"GET /r/projects/1a5/web/a%0d%0aX: HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        requests.ShouldBeLessThanOrEqualTo(2);
        Dialled.Count.ShouldBeLessThanOrEqualTo(2, "one connection for each request, and never two on one");
    }

    [Fact]
    public async Task A_member_who_is_put_out_is_cut_off_in_the_middle_of_an_answer()
    {
        Page = async http =>
        {
            for (var count = 0; ; count++)
            {
                await http.Response.WriteAsync($"{count}\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await Task.Delay(50, http.RequestAborted);
            }
        };
        await ServeAsync();
        var member = await MemberAsync("member");
        using var request = new HttpRequestMessage(HttpMethod.Get, Service + "/");
        request.Headers.TryAddWithoutValidation(member.Name, member.Value);
        using var reply = await Api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(Cancel));
        (await reader.ReadLineAsync(Cancel)).ShouldBe("0");

        (await Api.PostAsync("/projects/1a5/?action=setmembers", new { members = new[] { TestPeople.Member("1a1", "owner") } })).Status.ShouldBe(200);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await Should.ThrowAsync<Exception>(async () =>
        {
            while (await reader.ReadLineAsync(Cancel) is not null) clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        });
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (await Api.GetAsync(Service + "/", member, Far)).Status.ShouldBe(403);
    }
}
