using System.Net;
using System.Net.WebSockets;
using System.Text;
using Drover.Agent.Sessions;
using Drover.Agent.Tests.Harness;
using Drover.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Drover.Agent.Tests.Sessions;

public sealed class WebSocketTransportTests : IAsyncLifetime
{
    private static readonly Registered Keys = new("1h1", "access", "s3cret");
    private readonly TaskCompletionSource<WebSocket> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());
    private WebApplication? _web;
    private string? _authorization;
    private int _status = 101;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Uri Url => new(_web!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/below/");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.UseWebSockets();
        _web.Run(AnswerAsync);
        await _web.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        await _web!.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task Frames_go_whole_in_both_directions_and_the_keys_go_along()
    {
        await using var agent = await ConnectAsync();
        var server = await _accepted.Task;
        var large = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 400_000)));

        await server.SendAsync(large.AsMemory(0, 1_000_000), WebSocketMessageType.Text, false, Cancel);
        await server.SendAsync(large.AsMemory(1_000_000), WebSocketMessageType.Text, true, Cancel);
        (await agent.ReceiveAsync(Cancel)).ShouldBe(large);
        await agent.SendAsync(Encoding.UTF8.GetBytes("hello"), Cancel);
        var buffer = new byte[100];
        var received = await server.ReceiveAsync(buffer.AsMemory(), Cancel);

        Encoding.UTF8.GetString(buffer, 0, received.Count).ShouldBe("hello");
        _authorization.ShouldBe("Basic " + Convert.ToBase64String("access:s3cret"u8));
    }

    [Fact]
    public async Task A_server_that_closes_ends_the_conversation()
    {
        await using var agent = await ConnectAsync();

        await (await _accepted.Task).CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);

        (await agent.ReceiveAsync(Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_session_that_broke()
    {
        await using var agent = await ConnectAsync();

        (await _accepted.Task).Abort();

        (await Should.ThrowAsync<SessionException>(agent.ReceiveAsync(Cancel))).Message.ShouldStartWith("The session broke");
    }

    [Fact]
    public async Task A_message_beyond_all_bounds_ends_the_session()
    {
        await using var agent = await ConnectAsync();
        var server = await _accepted.Task;
        var sending = SendTooMuchAsync(server);

        (await Should.ThrowAsync<SessionException>(agent.ReceiveAsync(Cancel))).Message.ShouldBe("The server sent a message of more than 64 MB");

        await agent.DisposeAsync();
        _over.TrySetResult();
        await sending;
    }

    [Theory]
    [InlineData(401, true, "does not know this host's keys")]
    [InlineData(403, true, "does not know this host's keys")]
    [InlineData(503, false, "it answered 503")]
    [InlineData(404, false, "it answered 404")]
    public async Task A_refusal_of_the_keys_is_told_from_any_other(int status, bool unauthorized, string words)
    {
        _status = status;

        var refused = await Should.ThrowAsync<SessionException>(ConnectAsync());

        refused.Unauthorized.ShouldBe(unauthorized);
        refused.Message.ShouldContain(words);
        refused.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task Nobody_there_is_said_with_the_reason()
    {
        var url = Url;
        await _web!.StopAsync(Cancel);

        (await Should.ThrowAsync<SessionException>(ConnectAsync(url))).Message.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task A_proxy_is_asked_for_a_tunnel_and_the_session_runs_through_it()
    {
        using var proxy = new TunnelProxy();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { Proxy = new WebProxy(proxy.Url) });
        await using var agent = await new WebSocketTransport(Url, Keys, http).ConnectAsync(Cancel);
        var server = await _accepted.Task;

        await server.SendAsync("hello"u8.ToArray().AsMemory(), WebSocketMessageType.Text, true, Cancel);

        (await agent.ReceiveAsync(Cancel)).ShouldBe("hello"u8.ToArray());
        proxy.Asked.ShouldBe($"CONNECT {Url.Authority} HTTP/1.1");
    }

    [Theory]
    [InlineData("http://server:8080/", "ws://server:8080/v1/agent/session")]
    [InlineData("https://server/below/", "wss://server/below/v1/agent/session")]
    public void The_address_follows_from_the_servers(string server, string session)
        => WebSocketTransport.AddressOf(new Uri(server)).ShouldBe(new Uri(session));

    private Task<ISessionConnection> ConnectAsync(Uri? url = null)
        => new WebSocketTransport(url ?? Url, Keys, _http).ConnectAsync(Cancel);

    private async Task AnswerAsync(HttpContext http)
    {
        if (_status != 101 || http.Request.Path != "/below" + Wire.SessionPath)
        {
            http.Response.StatusCode = _status == 101 ? 400 : _status;
            return;
        }

        _authorization = http.Request.Headers.Authorization;
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        _accepted.TrySetResult(socket);
        await _over.Task;
    }

    private static async Task SendTooMuchAsync(WebSocket server)
    {
        var part = new byte[1 << 20];
        try
        {
            for (var sent = 0; sent <= Wire.MaxMessageBytes >> 20; sent++) await server.SendAsync(part.AsMemory(), WebSocketMessageType.Text, false, Cancel);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // the agent hung up
        }
    }
}
