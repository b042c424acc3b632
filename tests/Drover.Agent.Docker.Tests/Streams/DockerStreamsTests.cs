using System.Text.RegularExpressions;
using Drover.Agent.Docker.Streams;
using Drover.Agent.Docker.Tests.Engine;
using Drover.Protocol;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests.Streams;

/// <summary>Streams of a real engine.</summary>
public sealed class DockerStreamsTests(EngineFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DockerStreams Streams => new(fixture.Engine, TimeProvider.System);

    [Fact]
    public async Task Lines_come_with_their_stream_and_time_and_the_newest_alone_where_so_many_were_asked_for()
    {
        var id = await RunAsync("echo one; echo two; echo three >&2; printf 'no end'");
        await EndedAsync(id);

        (await LinesAsync(new LogsOrder(id, null, false, false))).Order(StringComparer.Ordinal).ShouldBe(["01 no end", "01 one", "01 two", "02 three"]);
        (await LinesAsync(new LogsOrder(id, 0, false, false))).ShouldBeEmpty();
        (await LinesAsync(new LogsOrder(id, 1, false, false))).Length.ShouldBe(1);
        // The engine keeps no order between the two streams.
        (await LinesAsync(new LogsOrder(id, null, false, true))).ShouldContain(line => Regex.IsMatch(line, @"^01 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z one$"));
    }

    [Fact]
    public async Task Lines_of_a_terminal_have_no_stream_of_their_own()
    {
        var id = await RunAsync("echo out; echo err >&2", tty: true);
        await EndedAsync(id);

        (await LinesAsync(new LogsOrder(id, null, false, false))).Select(line => line.TrimEnd('\r')).ShouldBe(["00 out", "00 err"]);
    }

    [Fact]
    public async Task Nothing_older_is_told_than_was_asked_for()
    {
        var id = await RunAsync("echo early; sleep 1.2; echo late");
        await EndedAsync(id);
        var early = DateTimeOffset.Parse((await LinesAsync(new LogsOrder(id, null, false, true)))[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

        (await LinesAsync(new LogsOrder(id, null, false, false, early.AddSeconds(0.5)))).ShouldBe(["01 late"]);
    }

    [Fact]
    public async Task A_follower_gets_what_is_written_later_also_behind_the_next_start_and_nothing_twice()
    {
        var id = await RunAsync("echo begins; sleep 0.3; echo ends");
        var link = new MemoryLink();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var following = Streams.LogsAsync(new LogsOrder(id, 100, true, false, null, AcrossRestarts: true), link, stop.Token);

        await EndedAsync(id);
        await link.UntilAsync(text => text.Contains("ends", StringComparison.Ordinal));
        await fixture.Engine.Containers.StartAsync(id, Cancel);
        await EndedAsync(id);
        await link.UntilAsync(text => text.Split("ends").Length == 3);
        await fixture.Engine.Containers.RemoveAsync(id, cancellation: Cancel);

        await following.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        link.Text.ShouldBe("01 begins\n01 ends\n01 begins\n01 ends\n");
        await stop.CancelAsync();
    }

    [Fact]
    public async Task A_follower_of_one_run_is_told_its_end()
    {
        var id = await RunAsync("echo only");

        (await LinesAsync(new LogsOrder(id, null, true, false))).ShouldBe(["01 only"]);
    }

    [Fact]
    public async Task A_line_that_the_engine_cuts_arrives_whole()
    {
        var id = await RunAsync("head -c 40000 /dev/zero | tr '\\0' x; echo; echo next");
        await EndedAsync(id);

        var lines = await LinesAsync(new LogsOrder(id, null, false, true));

        lines.Length.ShouldBe(2);
        lines[0].Split(' ')[2].ShouldBe(new string('x', 40_000));
    }

    [Fact]
    public async Task Fifty_thousand_lines_of_a_container_that_prints_as_fast_as_it_can_arrive_complete_and_in_order()
    {
        var id = await RunAsync("seq 1 50000; sleep 1000");
        var link = new MemoryLink();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var following = Streams.LogsAsync(new LogsOrder(id, null, true, false), link, stop.Token);

        await link.UntilAsync(text => text.EndsWith("01 50000\n", StringComparison.Ordinal));

        link.Text.ShouldBe(string.Concat(Enumerable.Range(1, 50_000).Select(number => $"01 {number}\n")));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task Lines_of_a_container_that_is_not_there_are_refused()
        => (await Should.ThrowAsync<RuntimeException>(() => LinesAsync(new LogsOrder("nobody", null, false, false)))).Failure.ShouldBe(RuntimeFailure.NotFound);

    [Fact]
    public async Task A_command_without_terminal_gets_its_input_to_the_end_and_tells_both_outputs_and_its_code()
    {
        var id = await RunAsync("sleep 1000");
        var link = new MemoryLink();
        var running = Streams.ExecAsync(new ExecOrder(id, ["sh", "-c", "cat; echo wrong >&2; exit 7"], false, true, true), link, Cancel);
        await link.Opened.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await link.SayAsync("first ");
        await link.SayAsync("second\n");
        await link.EndAsync();

        (await running.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldBe(7);
        link.Text.ShouldContain("first second\n");
        link.Text.ShouldContain("wrong\n");
    }

    [Fact]
    public async Task A_command_with_terminal_hears_its_size_and_what_is_typed()
    {
        var id = await RunAsync("sleep 1000");
        var link = new MemoryLink();
        var running = Streams.ExecAsync(new ExecOrder(id, ["sh"], true, true, true), link, Cancel);
        await link.Opened.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await link.SayAsync("tty; stty size\n");
        await link.UntilAsync(text => text.Contains("/dev/pts/", StringComparison.Ordinal));

        link.Tell(new TerminalSize(133, 41));
        await link.SayAsync("until [ \"$(stty size)\" = '41 133' ]; do :; done; echo si\"\"zed; exit 3\n");

        (await running.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldBe(3);
        link.Text.ShouldContain("sized");
    }

    [Fact]
    public async Task A_terminal_whose_client_goes_away_is_hung_up()
    {
        var id = await RunAsync("sleep 1000");
        var link = new MemoryLink();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = Streams.ExecAsync(new ExecOrder(id, ["sh", "-c", "cat; touch /hung-up"], true, true, true), link, gone.Token);
        await link.Opened.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await fixture.Host.ExecAsync("docker", "exec", id, "sh", "-c", "until [ -e /hung-up ]; do sleep 0.05; done");
    }

    [Fact]
    public async Task A_command_in_a_container_that_rests_is_refused_and_one_that_is_not_there_tells_so()
    {
        var id = await RunAsync("true");
        await EndedAsync(id);
        (await Should.ThrowAsync<RuntimeException>(() => Streams.ExecAsync(new ExecOrder(id, ["true"], false, false, true), new MemoryLink(), Cancel))).Failure.ShouldBe(RuntimeFailure.Conflict);

        var awake = await RunAsync("sleep 1000");
        (await Streams.ExecAsync(new ExecOrder(awake, ["no-such-program"], false, false, true), new MemoryLink(), Cancel)).ShouldBeOneOf(126, 127);
    }

    [Fact]
    public async Task Figures_of_a_container_rise_with_what_it_does_and_one_that_rests_has_none()
    {
        var id = await RunAsync("while :; do :; done");
        var first = await Streams.SampleAsync(id, Cancel);
        StatsSample? second;
        do second = await Streams.SampleAsync(id, Cancel);
        while (second!.Cpu.Total <= first!.Cpu.Total);

        second.Container.ShouldBe(id);
        second.MemoryLimit.ShouldBeGreaterThan(second.MemoryUsage);
        second.Cpu.Total.ShouldBeGreaterThanOrEqualTo(second.Cpu.User);
        await fixture.Engine.Containers.KillAsync(id, cancellation: Cancel);
        await EndedAsync(id);
        (await Streams.SampleAsync(id, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Figures_of_the_host_are_the_kernels()
    {
        var host = await Streams.SampleHostAsync(Cancel);

        host.Container.ShouldBeNull();
        host.MemoryLimit.ShouldBeGreaterThan(host.MemoryUsage);
        host.Cpu.PerCpu.Count.ShouldBe(Environment.ProcessorCount);
        host.Cpu.Total.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_engines_socket_is_spoken_to_in_its_own_words()
    {
        var link = new MemoryLink();
        var running = Streams.DockerSocketAsync(link, Cancel);
        await link.SayAsync("GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n");

        await running.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        link.Text.ShouldStartWith("HTTP/1.1 200 OK");
        link.Text.ShouldContain("OK");
    }

    private async Task<string[]> LinesAsync(LogsOrder order)
    {
        var link = new MemoryLink();
        await Streams.LogsAsync(order, link, Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        return link.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<string> RunAsync(string script, bool tty = false)
    {
        var request = new CreateContainerRequest { Image = TestImages.Busybox, Cmd = ["sh", "-c", script], Tty = tty };
        var id = (await fixture.Engine.Containers.CreateAsync(request, cancellation: Cancel)).Id;
        await fixture.Engine.Containers.StartAsync(id, Cancel);
        return id;
    }

    private async Task EndedAsync(string id) => await fixture.Engine.Containers.WaitAsync(id, cancellation: Cancel);
}
