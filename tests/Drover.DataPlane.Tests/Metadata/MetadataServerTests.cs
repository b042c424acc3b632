using System.Net;
using System.Net.Sockets;
using System.Text;
using Drover.DataPlane.Metadata;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.DataPlane.Tests.Metadata;

/// <summary>The server on a real socket; the test speaks from 127.0.0.1, which is the container "asker".</summary>
public sealed class MetadataServerTests : IAsyncDisposable
{
    private readonly EnvironmentSource _environment = new(Guid.NewGuid);
    private readonly MetadataServer _server;
    private readonly HttpClient _http = new();

    public MetadataServerTests()
    {
        _environment.Apply(EnvironmentDelta.Of(TestEnvironment.Shop().Member("shop/db", "asker", "127.0.0.1", c => c with { CreateIndex = 7 }).View));
        _server = MetadataServer.Start(new IPEndPoint(IPAddress.Loopback, 0), _environment, TimeProvider.System, NullLogger.Instance);
        _http.BaseAddress = new Uri($"http://{_server.Endpoint}");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_two_questions_of_the_report_are_answered()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/2015-12-19/self/container/create_index");
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await _http.SendAsync(request, Cancel);

        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("7");
        (await _http.GetStringAsync("/latest/self/container/primary_ip", Cancel)).ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task Requests_in_one_piece_are_answered_one_after_the_other()
    {
        using var client = await ConnectAsync();
        await SendAsync(client, "GET /latest/name HTTP/1.1\r\n\r\nHEAD /latest/name HTTP/1.1\r\n\r\nGET /latest/uuid HTTP/1.0\r\n\r\n");

        var answers = await ReadToEndAsync(client);

        answers.Split("HTTP/1.1 200 OK").Length.ShouldBe(4);
        answers.ShouldContain("Default");
        answers.ShouldEndWith("Connection: close\r\n\r\nenv-1");
    }

    [Fact]
    public async Task A_request_in_small_pieces_is_put_together()
    {
        using var client = await ConnectAsync();
        foreach (var piece in "GET /latest/name HTTP/1.0\r\n\r\n".Chunk(3)) await SendAsync(client, new string(piece));

        (await ReadToEndAsync(client)).ShouldEndWith("Default");
    }

    [Theory]
    [InlineData("RUBBISH\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("POST /latest HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", "HTTP/1.1 404 Not Found")]
    [InlineData("GET /%zz HTTP/1.0\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    public async Task Bad_requests_are_answered_and_end_the_connection(string sent, string expected)
    {
        using var client = await ConnectAsync();
        await SendAsync(client, sent);

        (await ReadToEndAsync(client)).ShouldStartWith(expected);
    }

    [Fact]
    public async Task A_head_without_end_is_cut_off()
    {
        using var client = await ConnectAsync();
        await Should.ThrowAsync<IOException>(async () =>
        {
            while (true) await SendAsync(client, new string('x', 4096));
        });
    }

    [Fact]
    public async Task A_wait_with_another_value_ends_at_once()
        => (await _http.GetStringAsync("/latest/self/container/name?wait=true&value=other", Cancel)).ShouldBe("asker");

    [Fact]
    public async Task A_wait_with_the_current_value_ends_with_the_change()
    {
        var version = await _http.GetStringAsync("/latest/version", Cancel);
        var waiting = _http.GetStringAsync($"/latest/version?wait=true&value={version}&maxWait=60", Cancel);
        waiting.IsCompleted.ShouldBeFalse();

        _environment.Apply(new EnvironmentDelta(false, Name: "Other"));

        (await waiting.WaitAsync(TimeSpan.FromSeconds(10), Cancel)).ShouldNotBe(version);
    }

    [Fact]
    public async Task A_wait_goes_on_over_changes_of_other_values()
    {
        var waiting = _http.GetStringAsync("/latest/self/container/name?wait=true&value=asker&maxWait=60", Cancel);
        _environment.Apply(new EnvironmentDelta(false, Name: "Other"));
        _environment.Apply(new EnvironmentDelta(false, Containers: EquatableMap.Of(("asker", _environment.Current.Index.View.Containers["asker"] with { Name = "renamed" }))));

        (await waiting.WaitAsync(TimeSpan.FromSeconds(10), Cancel)).ShouldBe("renamed");
    }

    [Fact]
    public async Task A_wait_that_takes_too_long_is_answered_with_the_old_value()
        => (await _http.GetStringAsync("/latest/name?wait=true&value=Default&maxWait=1", Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel)).ShouldBe("Default");

    [Fact]
    public async Task A_wait_for_what_is_not_there_yet_ends_when_it_comes()
    {
        var waiting = _http.GetStringAsync("/latest/containers/newcomer/primary_ip?wait=true&value=&maxWait=60", Cancel);
        _environment.Apply(new EnvironmentDelta(false, Containers: EquatableMap.Of(("n", new ContainerView { Uuid = "n", Name = "newcomer", PrimaryIp = "10.42.9.9" }))));

        (await waiting.WaitAsync(TimeSpan.FromSeconds(10), Cancel)).ShouldBe("10.42.9.9");
    }

    [Theory]
    [InlineData("wait=true&value=x", 60.0)]
    [InlineData("wait=true&value=x&maxWait=5", 5.0)]
    [InlineData("wait=true&value=x&maxWait=500", 120.0)]
    [InlineData("wait=true&value=x&maxWait=-1", 0.0)]
    [InlineData("wait=true&value=x&maxWait=soon", 60.0)]
    [InlineData("wait=true", null)]
    [InlineData("wait=false&value=x", null)]
    [InlineData("value=x", null)]
    public void A_wait_is_a_minute_or_what_was_asked_for_two_minutes_at_most(string query, double? seconds)
    {
        MetadataAnswers.WaitOf(new MetadataRequest("GET", "/latest/version", query))?.Longest.TotalSeconds.ShouldBe(seconds!.Value);
        (MetadataAnswers.WaitOf(new MetadataRequest("GET", "/latest/version", query)) is null).ShouldBe(seconds is null);
        MetadataAnswers.WaitOf(new MetadataRequest("GET", "/latest", query)).ShouldBeNull();
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(_server.Endpoint, Cancel);
        return client;
    }

    private static async Task SendAsync(TcpClient client, string text) => await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Cancel);

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }
}
