using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Drover.Protocol;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Metadata;

/// <summary>rancher-metadata on a host: what it asks in its own order (clients.md section 5).</summary>
public sealed class ConfigContentTests : ApiTest
{
    private const string Item = "/configcontent/metadata-answers";

    [Theory]
    [InlineData("/v2-beta")]
    [InlineData("/v1")]
    public async Task An_agent_downloads_its_environment_and_is_told_to_fetch_what_changed(string version)
    {
        await using var hosts = new SimulatedHosts(Api);
        var keys = await hosts.RegisterAsync(SimulatedHosts.New("one"), await hosts.NewTokenAsync(Api.Project));
        using var socket = await SubscribeAsync(version, keys);
        (await ReadAsync(socket)).GetProperty("name").GetString().ShouldBe("ping");
        var first = await DownloadAsync(version, keys);
        first.ShouldNotContain(row => row.Kind() == "stack");
        first[^1].GetProperty("self").GetProperty("host").GetProperty("hostname").GetString().ShouldBe("one");

        await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop" });

        var told = await ReadAsync(socket);
        told.GetProperty("name").GetString().ShouldBe("config.update");
        told.GetProperty("replyTo").GetString().ShouldStartWith("reply.");
        var item = told.GetProperty("data").GetProperty("items").EnumerateArray().Single();
        item.GetProperty("name").GetString().ShouldBe("metadata-answers");
        var next = await DownloadAsync(version, keys);
        next.Single(row => row.Kind() == "stack").GetProperty("name").GetString().ShouldBe("shop");
        long.Parse(next[^1].GetProperty("version").GetString()!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(item.GetProperty("requestedVersion").GetInt64());
        (await SendAsync(HttpMethod.Put, version + Item + "?client=v2&requestedVersion=43?client=v2&version=43", keys)).ShouldBe(200);
    }

    [Theory]
    [InlineData("/configcontent/metadata-answers", 404)] // a reader of the format before this one
    [InlineData("/configcontent/iptables?client=v2", 404)]
    public async Task What_is_not_there_is_not_found(string path, int status)
    {
        await using var hosts = new SimulatedHosts(Api);
        var keys = await hosts.RegisterAsync(SimulatedHosts.New("one"), await hosts.NewTokenAsync(Api.Project));

        (await SendAsync(HttpMethod.Get, "/v2-beta" + path, keys)).ShouldBe(status);
    }

    [Fact]
    public async Task Nobody_but_an_agent_may_download()
        => (await Api.GetAsync(Item + "?client=v2")).Status.ShouldBe(403);

    private async Task<List<JsonElement>> DownloadAsync(string version, Registered keys)
    {
        using var request = Request(HttpMethod.Get, version + Item + "?client=v2&requestedVersion=", keys);
        using var response = await Api.Http.SendAsync(request, TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/octet-stream");
        return await PackedRows.ReadAsync(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    private async Task<int> SendAsync(HttpMethod method, string path, Registered keys)
    {
        using var request = Request(method, path, keys);
        using var response = await Api.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private HttpRequestMessage Request(HttpMethod method, string path, Registered keys)
        => new(method, new Uri(Api.Server.Url, path)) { Headers = { Authorization = new AuthenticationHeaderValue("Basic", Credentials(keys)) } };

    private async Task<ClientWebSocket> SubscribeAsync(string version, Registered keys)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Basic " + Credentials(keys));
        await socket.ConnectAsync(new UriBuilder(Api.Server.Url) { Scheme = "ws", Path = version + "/subscribe", Query = "eventNames=ping&eventNames=config.update" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    private static string Credentials(Registered keys) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.AccessKey}:{keys.SecretKey}"));

    private static async Task<JsonElement> ReadAsync(ClientWebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[8192];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonDocument.Parse(message.ToArray()).RootElement;
    }
}
