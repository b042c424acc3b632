using System.Net.Sockets;
using Drover.Server.Proxies;
using Drover.Server.Tests.Api;
using Drover.Server.Tests.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Drover.Server.Tests.Proxies;

/// <summary>`/v1/proxy/`: servers elsewhere, called for people (API-27), and what that could be misused for (attack cases 14 and 15).</summary>
public sealed class ExternalProxyTests : IAsyncLifetime
{
    private static readonly (string, string) Browser = ("User-Agent", "Mozilla/5.0");

    private readonly ApiServer _api = new();
    private StubServer _elsewhere = null!;
    private RequestDelegate _answer = http => http.Response.WriteAsync("from elsewhere");
    private int _calls;

    private string Proxy => _api.Root + "/proxy/http:/api.example.com";

    public async ValueTask InitializeAsync()
    {
        _elsewhere = await StubServer.StartAsync(http =>
        {
            Interlocked.Increment(ref _calls);
            return _answer(http);
        });
        _api.Options = _api.Options with { Outside = new Elsewhere(new Uri(_elsewhere.Url).Port) };
        await _api.StartAsync();
        (await _api.PutAsync("/settings/api.proxy.whitelist", new { value = "api.example.com,*.cloud.example" })).Status.ShouldBe(200);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _elsewhere.DisposeAsync();
    }

    [Theory]
    [InlineData("v1/proxy/http:/api.example.com/a%2Fb?c=d")]
    [InlineData("v2-beta/proxy/http://api.example.com/a%2Fb?c=d")]
    [InlineData("v2-beta/proxy/http:/eu.cloud.example/a%2Fb?c=d")]
    public async Task A_listed_host_is_called_and_its_answer_comes_back(string path)
    {
        var seen = "";
        _answer = http =>
        {
            seen = $"{http.Request.Method} {http.Request.Host} {http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}";
            http.Response.StatusCode = 418;
            http.Response.Headers["X-Amz"] = "1";
            return http.Response.WriteAsync("teapot");
        };

        var reply = await _api.GetAsync(_api.Server.Url + path);

        (reply.Status, reply.Text, reply.Header("X-Amz")).ShouldBe((418, "teapot", "1"));
        seen.ShouldBe($"GET {(path.Contains("cloud", StringComparison.Ordinal) ? "eu.cloud.example" : "api.example.com")} /a%2Fb?c=d");
    }

    [Fact]
    public async Task The_callers_key_for_the_host_goes_and_the_servers_own_do_not()
    {
        HeaderDictionary? seen = null;
        _answer = async http =>
        {
            seen = new HeaderDictionary(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase));
            using var reader = new StreamReader(http.Request.Body);
            await http.Response.WriteAsync(await reader.ReadToEndAsync());
        };
        var key = await TestPeople.AddAsync(_api, "user");

        var reply = await _api.SendAsync(HttpMethod.Post, Proxy + "/x?CSRF=0123456789&a=b", "a=b", [key, ("X-API-AUTH-HEADER", "AWS4 key"), ("X-Amz-Date", "rancher:now"), ("Cookie", "token=t; CSRF=0123456789; drover-setup=s"), ("X-API-CSRF", "0123456789"), ("X-API-Project-Id", "1a5"),
            ("X-API-HEADERS-RESTRICT", "X-Secret, Content-Length"), ("X-Secret", "1"), ("X-Forwarded-For", "10.0.0.1"), ("Referer", "http://drover/env/1a5")]);

        (reply.Status, reply.Text).ShouldBe((200, "a=b"));
        IHeaderDictionary got = seen!;
        (got.Authorization.ToString(), got["X-Amz-Date"].ToString(), got.Host.ToString()).ShouldBe(("AWS4 key", "now", "api.example.com"));
        got.Keys.Where(k => k.StartsWith("X-API", StringComparison.OrdinalIgnoreCase) || k is "Cookie" or "X-Secret" or "X-Forwarded-For" or "Referer").ShouldBeEmpty();
        await _api.GetAsync(Proxy + "/", key);
        ((IHeaderDictionary)seen!).Authorization.ToString().ShouldBe("", "the caller's key is for this server");
    }

    [Fact]
    public async Task An_answer_is_not_this_servers_word()
    {
        _answer = http =>
        {
            http.Response.Headers.SetCookie = "token=evil; Path=/";
            http.Response.Headers.StrictTransportSecurity = "max-age=1";
            http.Response.Headers["Clear-Site-Data"] = "*";
            http.Response.Headers.ContentSecurityPolicy = "default-src *";
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<script>alert(1)</script>");
        };

        var reply = await _api.GetAsync(Proxy + "/");

        (reply.Header("Set-Cookie") ?? "").ShouldNotContain("token");
        reply.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        reply.Headers.Contains("Clear-Site-Data").ShouldBeFalse();
        reply.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
        reply.Header("X-Content-Type-Options").ShouldBe("nosniff");
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed()
    {
        _answer = http =>
        {
            http.Response.Redirect("http://169.254.169.254/latest/meta-data/");
            return Task.CompletedTask;
        };

        var reply = await _api.GetAsync(Proxy + "/");

        (reply.Status, reply.Header("Location"), _calls).ShouldBe((302, "http://169.254.169.254/latest/meta-data/", 1));
    }

    [Theory]
    [InlineData("http:/evil.example/", 403)]
    [InlineData("http:/127.0.0.1/", 403)]
    [InlineData("http:/[::1]/", 403)]
    [InlineData("http:/2130706433/", 403)]
    [InlineData("http:/api.example.com:22/", 403)]
    [InlineData("http:/evilcloud.example/", 403)]
    [InlineData("http:/api.example.com.evil.example/", 403)]
    [InlineData("http:/api.example.com@evil.example/", 400)]
    [InlineData("http:/evil.example%2F@api.example.com/", 400)]
    [InlineData("http:/evil.example%23.cloud.example/", 400)]
    [InlineData("gopher:/api.example.com/", 400)]
    public async Task What_is_not_listed_is_not_called(string target, int status)
    {
        var reply = await _api.GetAsync(_api.Root + "/proxy/" + target);

        (reply.Status, _calls).ShouldBe((status, 0));
    }

    [Fact]
    public async Task A_listed_name_that_leads_inside_is_refused()
    {
        await using var real = new ApiServer();
        await real.StartAsync();
        await real.PutAsync("/settings/api.proxy.whitelist", new { value = $"localhost:{real.Server.Url.Port},127.0.0.1:{real.Server.Url.Port}" });

        foreach (var host in new[] { "localhost", "127.0.0.1" })
        {
            var reply = await real.GetAsync($"{real.Root}/proxy/http:/{host}:{real.Server.Url.Port}/ping");
            reply.Status.ShouldBe(403, reply.Text);
            reply.Text.ShouldContain("not a public one");
        }
    }

    [Fact]
    public async Task Strangers_machines_and_pages_of_other_sites_call_nobody()
    {
        await using var hosts = new SimulatedHosts(_api);
        var token = ApiServer.Basic("registrationToken", await hosts.NewTokenAsync(_api.Project));
        var agent = await hosts.RegisterAsync(SimulatedHosts.New("one"), await hosts.NewTokenAsync(_api.Project));
        (await _api.PostAsync(Proxy + "/", "x", Browser, ("Origin", "http://evil.example"))).Status.ShouldBe(401);
        (await _api.GetAsync(Proxy + "/", token)).Status.ShouldBe(403);
        (await _api.GetAsync(Proxy + "/", ApiServer.Basic(agent.AccessKey, agent.SecretKey))).Status.ShouldBe(403);
        (await _api.GetAsync(Proxy + "/", ("X-Forwarded-For", "10.0.0.1"))).Status.ShouldBe(401);
        (await _api.SendAsync(HttpMethod.Options, Proxy + "/", null, [])).Status.ShouldBe(400);
        _calls.ShouldBe(0);

        await _api.PutAsync("/settings/api.proxy.allow", new { value = "false" });
        (await _api.GetAsync(Proxy + "/")).Status.ShouldBe(404);
        _calls.ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_that_does_not_end_is_cut_off()
    {
        _answer = async http =>
        {
            var piece = new byte[1 << 20];
            while (true) await http.Response.Body.WriteAsync(piece, http.RequestAborted);
        };
        await Should.ThrowAsync<HttpRequestException>(_api.GetAsync(Proxy + "/"));

        _answer = http =>
        {
            http.Response.ContentLength = ExternalProxy.MostBytes + 1;
            return http.Response.Body.FlushAsync();
        };
        (await _api.GetAsync(Proxy + "/")).Status.ShouldBe(502);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusal_carries_nothing_of_the_answer_that_failed(bool isTooLong)
    {
        _answer = async http =>
        {
            http.Response.Headers.CacheControl = "public, max-age=99999";
            http.Response.Headers.ContentEncoding = "gzip";
            http.Response.Headers.Location = "http://evil.example/";
            http.Response.ContentLength = isTooLong ? ExternalProxy.MostBytes + 1 : 10;
            await http.Response.Body.FlushAsync(); // of which nothing follows
        };

        var reply = await _api.GetAsync(Proxy + "/");

        (reply.Status, reply.Json.GetProperty("code").GetString()).ShouldBe((502, "Bad Gateway"));
        reply.Headers.Contains("Cache-Control").ShouldBeFalse();
        reply.Headers.Contains("Location").ShouldBeFalse();
        reply.Header("X-Content-Type-Options").ShouldBe("nosniff");
    }

    [Fact]
    public async Task Whoever_has_many_calls_under_way_leaves_room_for_others()
    {
        var isOpen = new TaskCompletionSource();
        var all = new TaskCompletionSource();
        _answer = http =>
        {
            if (_calls == 16) all.TrySetResult();
            return isOpen.Task;
        };
        var greedy = await TestPeople.AddAsync(_api, "greedy");
        var other = await TestPeople.AddAsync(_api, "other");
        var held = Enumerable.Range(0, 16).Select(_ => _api.GetAsync(Proxy + "/", greedy)).ToList();
        await all.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        _answer = http => http.Response.WriteAsync("from elsewhere");

        (await _api.GetAsync(Proxy + "/", greedy)).Status.ShouldBe(503);
        (await _api.GetAsync(Proxy + "/", other)).Status.ShouldBe(200);

        isOpen.SetResult();
        (await Task.WhenAll(held)).ShouldAllBe(reply => reply.Status == 200);
        (await _api.GetAsync(Proxy + "/", greedy)).Status.ShouldBe(200);
    }

    /// <summary>Every name leads to one server on this machine.</summary>
    private sealed class Elsewhere(int port) : IOutsideNetwork
    {
        public async Task<Stream> ConnectAsync(string host, int asked, CancellationToken cancel)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("127.0.0.1", port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
    }
}
