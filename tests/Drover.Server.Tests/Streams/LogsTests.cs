using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Drover.Protocol;

namespace Drover.Server.Tests.Streams;

public sealed class LogsTests : StreamTest
{
    [Fact]
    public async Task The_answer_names_an_absolute_address_without_query_and_a_token_with_the_contracts_claims()
    {
        var access = (await Api.PostAsync($"{Container}/?action=logs", new { follow = false, lines = 7 })).Json;

        access.GetProperty("type").GetString().ShouldBe("hostAccess");
        access.GetProperty("url").GetString().ShouldBe($"ws://127.0.0.1:{Api.Server.Url.Port}/v1/logs/");
        var claims = Claims(access);
        claims.GetProperty("sub").GetString().ShouldBe("cattle");
        claims.GetProperty("iss").GetString().ShouldBe("http://cattle.io");
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).ShouldBe(300);
        claims.GetProperty("hostUuid").GetString().ShouldBe(Host.Uuid);
        claims.GetProperty("logs").GetProperty("Lines").GetInt64().ShouldBe(7);
        claims.GetProperty("logs").GetProperty("Container").GetString()!.Length.ShouldBe(64);
    }

    [Fact]
    public async Task Each_line_is_a_text_frame_with_its_prefix_and_line_feed_however_the_host_cut_them()
    {
        Host.Streams.OnLogs = async (_, link, cancel) =>
        {
            foreach (var piece in new[] { "01 on", "e\n02 two\n0", "0 three", "\n" }) await link.WriteAsync(Encoding.UTF8.GetBytes(piece), cancel);
        };

        var socket = await OpenAsync(await AskAsync("logs"));

        (await ReadAsync(socket)).ShouldBe("01 one\n");
        (await ReadAsync(socket)).ShouldBe("02 two\n");
        (await ReadAsync(socket)).ShouldBe("00 three\n");
        (await ReadAsync(socket)).ShouldBeNull();
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task Fifty_thousand_lines_of_a_host_that_writes_as_fast_as_it_can_arrive_complete_and_in_order()
    {
        const int Lines = 50_000, PieceBytes = 10_007;
        Host.Streams.OnLogs = async (_, link, cancel) =>
        {
            var all = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Lines).Select(number => $"01 {number}\n")));
            for (var at = 0; at < all.Length; at += PieceBytes) await link.WriteAsync(all.AsMemory(at, Math.Min(PieceBytes, all.Length - at)), cancel);
        };

        var socket = await OpenAsync(await AskAsync("logs"));

        for (var number = 0; number < Lines; number++) (await ReadAsync(socket)).ShouldBe($"01 {number}\n");
        (await ReadAsync(socket)).ShouldBeNull();
    }

    [Theory]
    [InlineData(300)]
    [InlineData(3_000)]
    [InlineData(50_000)]
    public async Task The_end_of_a_container_waits_for_the_lines_before_it_also_where_their_reader_rests(int lines)
    {
        Host.Streams.OnLogs = async (_, link, cancel) =>
        {
            foreach (var piece in Enumerable.Range(0, lines).Chunk(100)) await link.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(piece.Select(LongLine))), cancel);
        };
        var socket = await OpenAsync(await AskAsync("logs"));

        await Task.Delay(TimeSpan.FromSeconds(6), Cancel); // longer than either end waits for one that is gone

        for (var number = 0; number < lines; number++) (await ReadAsync(socket)).ShouldBe(LongLine(number));
        (await ReadAsync(socket)).ShouldBeNull();
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task What_was_asked_for_reaches_the_host_and_without_a_body_the_contracts_defaults_do()
    {
        var orders = new List<LogsOrder>();
        Host.Streams.OnLogs = (order, _, _) =>
        {
            orders.Add(order);
            return Task.CompletedTask;
        };

        await ReadAsync(await OpenAsync(await AskAsync("logs")));
        await ReadAsync(await OpenAsync(await AskAsync("logs", new { follow = false, lines = 0, timestamps = false, since = "2026-01-02T03:04:05.5Z" })));

        (orders[0].Follow, orders[0].Lines, orders[0].Timestamps, orders[0].Since).ShouldBe((true, 100, true, null));
        (orders[1].Follow, orders[1].Lines, orders[1].Timestamps).ShouldBe((false, 0, false));
        orders[1].Since.ShouldBe(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 500, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_time_that_makes_no_sense_is_named()
    {
        var reply = await Api.PostAsync($"{Container}/?action=logs", new { since = "yesterday-ish" });

        (reply.Status, reply.Code, reply.Field).ShouldBe((422, "InvalidFormat", "since"));
    }

    [Fact]
    public async Task A_slow_reader_slows_only_itself_and_its_host_waits_for_it()
    {
        var line = Encoding.UTF8.GetBytes($"01 {new string('x', 1000)}\n");
        long written = 0;
        Host.Streams.OnLogs = async (order, link, cancel) =>
        {
            for (var sent = 0; order.Follow || sent < 20_000; sent++)
            {
                await link.WriteAsync(line, cancel);
                if (order.Follow) Interlocked.Increment(ref written);
            }
        };

        var slow = await OpenAsync(await AskAsync("logs", new { follow = true }));
        var fast = await OpenAsync(await AskAsync("logs", new { follow = false }));
        var got = 0;
        while (await ReadAsync(fast) is not null) got++;

        got.ShouldBe(20_000);
        await UntilStillAsync(() => Interlocked.Read(ref written));
        (Interlocked.Read(ref written) * line.Length).ShouldBeLessThan(32 << 20, "what the slow reader has not taken stays on the host, but for what fits in the sockets");
        for (var more = 0; more < 100; more++) (await ReadAsync(slow)).ShouldEndWith("xxx\n");
    }

    [Fact]
    public async Task A_stream_that_nobody_reads_any_more_ends_on_the_host()
    {
        var ended = new TaskCompletionSource();
        Host.Streams.OnLogs = async (_, link, cancel) =>
        {
            cancel.Register(() => ended.TrySetResult());
            await link.WriteAsync("01 first\n"u8.ToArray(), cancel);
            await Task.Delay(Timeout.Infinite, cancel);
        };
        var socket = await OpenAsync(await AskAsync("logs"));
        await ReadAsync(socket);

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task A_container_that_is_on_no_host_has_no_lines_to_show()
    {
        var made = await Api.CreateAsync(Api.Project + "/containers", new { name = "lost", imageUuid = "docker:busybox", requestedHostId = "1h1", startOnCreate = false, labels = new Dictionary<string, string> { ["io.rancher.scheduler.affinity:host_label"] = "no=where" } });

        var reply = await Api.PostAsync($"{made.GetProperty("links").GetProperty("self").GetString()}/?action=logs");

        reply.Status.ShouldBe(404, reply.Text);
    }

    [Fact]
    public async Task A_host_that_is_gone_is_told_of_before_the_upgrade()
    {
        var address = await AskAsync("logs");
        await LoseHostAsync();
        await Api.UntilAsync("/hosts/1h1", host => host.GetProperty("agentState").GetString() != "active");

        (await RefusedAsync(address)).ShouldBe(503);
    }

    private static JsonElement Claims(JsonElement access)
        => JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(access.GetProperty("token").GetString()!.Split('.')[1])).RootElement;

    /// <summary>So long that many fill the sockets between host and client.</summary>
    private static string LongLine(int number) => $"01 {number} {new string('x', 1000)}\n";

    /// <summary>Waits until a number has not moved for a second.</summary>
    private static async Task UntilStillAsync(Func<long> number)
    {
        var deadline = Stopwatch.StartNew();
        for (var (last, still) = (number(), 0); still < 10; still = number() == last ? still + 1 : 0)
        {
            last = number();
            deadline.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), "it goes on and on");
            await Task.Delay(100, Cancel);
        }
    }
}
