using System.Net;

namespace Drover.Server.Tests.Api;

/// <summary>The web page: files, its own router's paths, safe headers, the way to the setup page.</summary>
public sealed class WebPageTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drover-web").FullName;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private DroverServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "www", "assets"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "www", "index.html"), "<p>page</p>");
        await File.WriteAllTextAsync(Path.Combine(_folder, "www", "assets", "app.js"), "js");
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret.txt"), "secret");
        _server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0", WebFolder = Path.Combine(_folder, "www") });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/env/1a5/hosts")]
    [InlineData("/index.html")]
    public async Task Every_path_of_the_pages_own_router_is_the_page(string path)
    {
        var reply = await GetAsync(path);

        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("<p>page</p>");
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        reply.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        reply.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    [Theory]
    [InlineData("/assets/none.js")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/assets/..%5c..%5csecret.txt")]
    public async Task What_is_no_file_of_the_page_is_404(string path)
        => (await GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Assets_are_kept_for_long_and_the_page_is_asked_for_each_time()
    {
        (await GetAsync("/assets/app.js")).Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365));
        (await GetAsync("/")).Headers.CacheControl!.NoCache.ShouldBeTrue();
    }

    [Fact]
    public async Task A_browser_from_elsewhere_is_led_to_the_setup_page()
    {
        var reply = await GetAsync("/env/1a5/hosts", remote: true);

        reply.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        reply.Headers.Location!.ToString().ShouldBe("/setup");
        var setup = await GetAsync("/setup", remote: true);
        setup.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await setup.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain(_server.SetupSecret);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, bool remote = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Url.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.Add("User-Agent", "Mozilla/5.0");
        if (remote) request.Headers.Add("X-Forwarded-For", "10.0.0.1");
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
