using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Drover.Server.Tests.Agents;

public sealed class AgentDownloadsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drover-downloads-").FullName;
    private DroverServer _server = null!;
    private HttpClient _http = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0", DownloadFolder = _folder }, Token);
        _http = new HttpClient { BaseAddress = new Uri(_server.Url, "/v1/agent/download/") };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_is_handed_out_with_its_checksum()
    {
        await WriteAsync("drover-agent.tar.gz", "image");
        (await _http.GetStringAsync("drover-agent.tar.gz", Token)).ShouldBe("image");
        (await _http.GetStringAsync("SHA256SUMS", Token)).ShouldBe($"{Sum("image")}  drover-agent.tar.gz\n");
        (await _http.GetStringAsync("", Token)).ShouldBe($$"""[{"name":"drover-agent.tar.gz","size":5,"sha256":"{{Sum("image")}}"}]""");
    }

    [Fact]
    public async Task A_new_version_of_a_file_has_a_new_checksum()
    {
        await WriteAsync("drover-linux-x64", "old");
        (await _http.GetStringAsync("SHA256SUMS", Token)).ShouldContain(Sum("old"));
        await WriteAsync("drover-linux-x64", "new");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "drover-linux-x64"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        (await _http.GetStringAsync("SHA256SUMS", Token)).ShouldContain(Sum("new"));
    }

    [Fact]
    public async Task A_link_hands_out_what_it_leads_to()
    {
        var program = Path.Combine(_folder, "..", $"drover-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(program, "program", Token);
        File.CreateSymbolicLink(Path.Combine(_folder, "drover-linux-x64"), program);
        var answer = await _http.GetAsync(new Uri("drover-linux-x64", UriKind.Relative), Token);
        answer.Content.Headers.ContentLength.ShouldBe(7);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe("program");
        File.Delete(program);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("%2Fetc%2Fpasswd")]
    [InlineData("a%2Fb")]
    public async Task What_does_not_lie_in_the_folder_is_not_there(string name) =>
        (await _http.GetAsync(new Uri(name, UriKind.Relative), Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Without_the_folder_there_is_nothing()
    {
        await using var server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0", DownloadFolder = "/nonexistent" }, Token);
        (await _http.GetStringAsync(new Uri(server.Url, "/v1/agent/download/"), Token)).ShouldBe("[]");
    }

    private static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text, Token);
}
