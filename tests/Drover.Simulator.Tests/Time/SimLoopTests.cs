using System.Threading.Channels;
using Drover.Simulator.Time;

namespace Drover.Simulator.Tests.Time;

public sealed class SimLoopTests
{
    private readonly SimLoop _loop = new(new SimClock()) { Strict = true };

    [Fact]
    public void Days_of_waiting_pass_in_no_time()
    {
        var begun = _loop.Clock.GetUtcNow();

        _loop.Finish(() => WaitAsync(TimeSpan.FromDays(3)), TimeSpan.FromDays(4)).ShouldBe("done");

        (_loop.Clock.GetUtcNow() - begun).ShouldBe(TimeSpan.FromDays(3));
    }

    [Fact]
    public void What_never_comes_fails_with_what_was_waited_for()
        => Should.Throw<TimeoutException>(() => _loop.Until(() => false, "The moon turns blue")).Message.ShouldStartWith("The moon turns blue");

    [Fact]
    public void The_same_code_does_the_same_things_in_the_same_order()
    {
        var first = Interleaved(new SimLoop(new SimClock()) { Strict = true });
        var second = Interleaved(new SimLoop(new SimClock()) { Strict = true });

        second.ShouldBe(first);
        first.Count.ShouldBe(40);
    }

    [Fact]
    public void It_stops_after_any_piece_of_code()
    {
        var pieces = new List<int>();
        _loop.Start(() => CountAsync(pieces));
        var begun = _loop.Ran;

        _loop.UntilRan(begun + 3, TimeSpan.FromMinutes(1)).ShouldBeTrue();
        pieces.Count.ShouldBe(4);
        _loop.UntilRan(begun + 1000, TimeSpan.FromMinutes(1)).ShouldBeFalse();
        pieces.Count.ShouldBe(10);
    }

    [Fact]
    public void Code_that_strays_to_another_thread_is_found_out()
    {
        Should.Throw<InvalidOperationException>(() => _loop.Until(PostFromElsewhere, "Never")).Message.ShouldContain("outside the loop");

        bool PostFromElsewhere()
        {
            var elsewhere = new Thread(() => _loop.Post(_ => { }, null));
            elsewhere.Start();
            elsewhere.Join();
            return false;
        }
    }

    [Fact]
    public void An_error_of_a_task_is_thrown_where_it_is_waited_for()
        => Should.Throw<InvalidOperationException>(() => _loop.Finish<int>(FailAsync));

    private static async Task<int> FailAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("no");
    }

    private async Task<string> WaitAsync(TimeSpan time)
    {
        await Task.Delay(time, _loop.Clock);
        return "done";
    }

    private static async Task CountAsync(List<int> pieces)
    {
        for (var n = 0; n < 10; n++)
        {
            pieces.Add(n);
            await Task.Yield();
        }
    }

    private static List<string> Interleaved(SimLoop loop)
    {
        var said = new List<string>();
        var channel = Channel.CreateUnbounded<string>();
        var tasks = loop.Start(() => Task.WhenAll(SayAsync("a", 3), SayAsync("b", 5), HearAsync()));
        loop.Until(() => tasks.IsCompleted, "All is said");
        return said;

        async Task SayAsync(string name, int milliseconds)
        {
            for (var n = 0; n < 10; n++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), loop.Clock);
                said.Add($"{name} {n}");
                channel.Writer.TryWrite(name);
            }
        }

        async Task HearAsync()
        {
            for (var n = 0; n < 20; n++)
            {
                await channel.Reader.WaitToReadAsync();
                channel.Reader.TryRead(out var name);
                said.Add($"heard {name}");
            }
        }
    }
}
