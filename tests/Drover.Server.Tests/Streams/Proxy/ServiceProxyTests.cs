using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Drover.Server.Tests.Streams.Proxy;

/// <summary>`/r/`: a service's web server behind the server's own address (SVC-50).</summary>
public sealed class ServiceProxyTests : ProxyTest
{
    [Fact]
    public async Task A_request_reaches_a_container_of_the_service_and_its_answer_comes_back()
    {
        string? seen = null;
        Page = async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            seen = $"{http.Request.Method} {http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget} {http.Request.Headers["X-Own"]} {await reader.ReadToEndAsync()}";
            http.Response.StatusCode = 418;
            http.Response.Headers["X-Answer"] = "own";
            await http.Response.WriteAsync("teapot");
        };
        await ServeAsync();

        var reply = await Api.SendAsync(HttpMethod.Patch, Service + "/a%2Fb//c?x=1&y=%20", "body", [("X-Own", "1")]);

        (reply.Status, reply.Text, reply.Header("X-Answer")).ShouldBe((418, "teapot", "own"));
        seen.ShouldBe("PATCH /a%2Fb//c?x=1&y=%20 1 body");
        Dialled.Single().Port.ShouldBe(80);
    }

    [Theory]
    [InlineData("r/projects/1a5/web/", 80)]
    [InlineData("r/projects/1a5/WEB:8080/", 8080)]
    [InlineData("r/projects/1a5/shop.web/", 80)]
    [InlineData("r/projects/1a5/web.shop:81/", 81)]
    public async Task A_service_is_named_with_or_without_its_stack_and_port(string path, int port)
    {
        await ServeAsync();

        (await Api.GetAsync(Api.Server.Url + path)).Text.ShouldBe("hello from the container");
        Dialled.Single().Port.ShouldBe(port);
    }

    [Fact]
    public async Task The_environment_may_stand_in_the_header_and_a_key_of_the_environment_needs_none()
    {
        await ServeAsync();
        var key = (await Api.PostAsync("/apikeys", new { accountId = "1a5" })).Json;
        await Api.UntilAsync(key.GetProperty("links").GetProperty("self").GetString()!, "active");
        var own = Tests.Api.ApiServer.Basic(key.GetProperty("publicValue").GetString()!, key.GetProperty("secretValue").GetString()!);

        (await Api.GetAsync(Api.Server.Url + "r/web/", ("X-API-Project-Id", "1a5"))).Text.ShouldBe("hello from the container");
        (await Api.GetAsync(Api.Server.Url + "r/web/", own)).Text.ShouldBe("hello from the container");
        (await Api.GetAsync(Api.Server.Url + "r/web/")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_container_names_its_port_with_a_label_and_a_port_in_the_address_goes_before_it()
    {
        await ServeAsync(new { labels = new Dictionary<string, string> { ["io.rancher.websocket.proxy.port"] = "9090" } });

        await Api.GetAsync(Service + "/");
        await Api.GetAsync(Service + ":81/");

        Dialled.Select(order => order.Port).ShouldBe([9090, 81]);
    }

    [Fact]
    public async Task An_address_without_a_slash_leads_to_the_one_with_it()
    {
        await ServeAsync();

        var reply = await Api.GetAsync(Service + "?a=b");

        (reply.Status, reply.Header("Location")).ShouldBe((302, "/r/projects/1a5/web/?a=b"));
    }

    [Theory]
    [InlineData("r/projects/1a5/nobody/", 404)]
    [InlineData("r/projects/1a5/web:0/", 404)]
    [InlineData("r/projects/1a5/web:70000/", 404)]
    [InlineData("r/projects/1a5/web:80:80/", 404)]
    [InlineData("r/projects/1a9/web/", 403)]
    [InlineData("r/projects/rubbish/web/", 400)]
    public async Task What_is_not_there_is_not_there(string path, int status)
    {
        await ServeAsync();

        (await Api.GetAsync(Api.Server.Url + path)).Status.ShouldBe(status);
        Dialled.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_head_has_the_length_and_no_body()
    {
        Page = http =>
        {
            http.Response.ContentLength = 1234;
            return Task.CompletedTask;
        };
        await ServeAsync();

        using var request = new HttpRequestMessage(HttpMethod.Head, Service + "/");
        using var reply = await Api.Http.SendAsync(request, Cancel);

        (reply.StatusCode, reply.Content.Headers.ContentLength).ShouldBe((HttpStatusCode.OK, 1234));
    }

    [Fact]
    public async Task A_large_body_passes_whole_either_way_whether_its_length_is_known_or_not()
    {
        var body = new byte[40 * 1024 * 1024];
        Random.Shared.NextBytes(body);
        Page = async http =>
        {
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
            if (http.Request.Method == "POST") await http.Response.WriteAsync(Convert.ToHexString(await SHA256.HashDataAsync(http.Request.Body)));
            else await http.Response.Body.WriteAsync(body);
        };
        await ServeAsync();

        foreach (var content in new HttpContent[] { new ByteArrayContent(body), new StreamContent(new ForwardOnly(body)) })
        {
            using var reply = await Api.Http.PostAsync(new Uri(Service + "/"), content, Cancel);
            (await reply.Content.ReadAsStringAsync(Cancel)).ShouldBe(Convert.ToHexString(SHA256.HashData(body)));
        }

        (await Api.Http.GetByteArrayAsync(new Uri(Service + "/"), Cancel)).AsSpan().SequenceEqual(body).ShouldBeTrue();
    }

    [Fact]
    public async Task A_body_that_the_container_does_not_want_is_not_sent_where_the_client_asks_first()
    {
        Page = http =>
        {
            http.Response.StatusCode = 413;
            return Task.CompletedTask;
        };
        await ServeAsync();
        var body = new AskedBody();
        using var request = new HttpRequestMessage(HttpMethod.Post, Service + "/") { Content = body };
        request.Headers.ExpectContinue = true;

        using var reply = await Api.Http.SendAsync(request, Cancel);

        (reply.StatusCode, body.WasAsked).ShouldBe((HttpStatusCode.RequestEntityTooLarge, false));
    }

    [Fact]
    public async Task A_reader_that_does_not_read_stops_the_container_and_nothing_piles_up()
    {
        var written = 0L;
        var stalled = new TaskCompletionSource();
        Page = async http =>
        {
            var piece = new byte[64 * 1024];
            while (true)
            {
                var write = http.Response.Body.WriteAsync(piece, http.RequestAborted).AsTask();
                if (await Task.WhenAny(write, Task.Delay(1000, http.RequestAborted)) != write) stalled.TrySetResult();
                await write;
                Interlocked.Add(ref written, piece.Length);
            }
        };
        await ServeAsync();

        using (var reply = await Api.Http.GetAsync(new Uri(Service + "/"), HttpCompletionOption.ResponseHeadersRead, Cancel))
        {
            await stalled.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
            Interlocked.Read(ref written).ShouldBeLessThan(32L << 20, "what sockets and windows hold, and no more");
            var body = await reply.Content.ReadAsStreamAsync(Cancel);
            var rest = Interlocked.Read(ref written) + (8 << 20);
            var buffer = new byte[256 * 1024];
            for (var read = 0L; read < rest;) read += await body.ReadAsync(buffer, Cancel);
        }
    }

    [Fact]
    public async Task What_is_written_piece_by_piece_arrives_piece_by_piece()
    {
        var next = new SemaphoreSlim(0);
        Page = async http =>
        {
            http.Response.ContentType = "text/event-stream";
            for (var count = 1; count <= 3; count++)
            {
                await http.Response.WriteAsync($"data: {count}\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await next.WaitAsync(http.RequestAborted);
            }
        };
        await ServeAsync();

        using var reply = await Api.Http.GetAsync(new Uri(Service + "/"), HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(Cancel));
        for (var count = 1; count <= 3; count++)
        {
            (await reader.ReadLineAsync(Cancel)).ShouldBe($"data: {count}");
            next.Release();
        }
    }

    [Fact]
    public async Task A_web_socket_of_the_container_opens_and_carries_frames_both_ways()
    {
        Page = Echo;
        await ServeAsync();

        var socket = await OpenAsync(Service.Replace("http:", "ws:", StringComparison.Ordinal) + "/socket", "chat");
        socket.SubProtocol.ShouldBe("chat");
        await SendAsync(socket, "grüße");
        (await ReadAsync(socket)).ShouldBe("grüße");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Cancel);
        socket.CloseStatusDescription.ShouldBe("bye");

        static async Task Echo(HttpContext http)
        {
            using var web = await WebSocketPeer.AcceptAsync(http, "chat");
            var buffer = new byte[100];
            while (await web.ReceiveAsync(buffer.AsMemory(), Cancel) is { MessageType: not WebSocketMessageType.Close } got)
                await web.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, Cancel);
            await web.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", Cancel);
        }
    }

    [Fact]
    public async Task A_container_that_is_no_web_server_or_hangs_up_is_a_bad_gateway()
    {
        await ServeAsync();
        Host.Streams.OnConnect = async (_, link, cancel) =>
        {
            await link.OpenedAsync(cancel);
            await link.WriteAsync(Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH\r\n"), cancel);
        };
        (await Api.GetAsync(Service + "/")).Status.ShouldBe(502);

        Host.Streams.OnConnect = (_, link, cancel) => link.OpenedAsync(cancel);
        (await Api.GetAsync(Service + "/")).Status.ShouldBe(502);
    }

    [Fact]
    public async Task A_service_none_of_whose_containers_runs_and_a_host_that_is_away_are_said()
    {
        await ServeAsync();
        await LoseHostAsync();
        await Api.UntilAsync(Api.Project + "/hosts/1h1", host => host.GetProperty("agentState").GetString() is not "active");

        (await Api.GetAsync(Service + "/")).Status.ShouldBe(503);
    }

    private sealed class AskedBody : HttpContent
    {
        public bool WasAsked { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            WasAsked = true;
            return Task.CompletedTask;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 1L << 40;
            return true;
        }
    }

    /// <summary>A stream whose length nobody knows.</summary>
    private sealed class ForwardOnly(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
