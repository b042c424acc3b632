using Drover.Server.Periodic;
using Drover.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Server.Tests.Periodic;

public sealed class PeriodicRunnerTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CountedWork _work = new();
    private readonly PeriodicRunner _runner;
    private Task _running = Task.CompletedTask;

    public PeriodicRunnerTests() => _runner = new PeriodicRunner([_work], _time, NullLogger<PeriodicRunner>.Instance);

    public ValueTask InitializeAsync()
    {
        _running = _runner.RunAsync(_stop.Token);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _runner.Dispose();
        _stop.Dispose();
        _work.Dispose();
    }

    [Fact]
    public async Task Work_is_done_when_its_time_comes_and_not_before()
    {
        _time.Advance(_work.Every - TimeSpan.FromSeconds(1));
        _runner.Runs.All.ShouldBeEmpty();

        _time.Advance(TimeSpan.FromSeconds(1));

        await _work.DoneAsync();
    }

    [Fact]
    public async Task Work_that_is_asked_for_is_done_at_once()
    {
        _runner.Ask(1);

        await _work.DoneAsync();
    }

    [Fact]
    public async Task A_run_that_fails_is_told_and_the_next_one_comes_all_the_same()
    {
        _work.Fault = new InvalidOperationException("the disk is full");
        _runner.Ask(1);
        await _work.DoneAsync();
        _runner.Ask(1);

        await _work.DoneAsync();

        var first = _runner.Runs.All[0];
        first.Fault.ShouldBe("the disk is full");
        first.End.ShouldNotBeNull();
    }

    [Fact]
    public void The_last_runs_are_kept()
    {
        var runs = new PeriodicRuns(_time);

        for (var i = 0; i < 200; i++) runs.End(runs.Begin(1, "w"), null);

        runs.All.Length.ShouldBe(PeriodicRuns.MostOfOne);
        runs.All[^1].Number.ShouldBe(200);
    }

    private sealed class CountedWork : IPeriodicWork, IDisposable
    {
        private readonly SemaphoreSlim _done = new(0);

        public string Name => "counted";

        public TimeSpan Every => TimeSpan.FromMinutes(1);

        public Exception? Fault { get; set; }

        public async Task DoneAsync() => (await _done.WaitAsync(TestWorld.Deadline, TestContext.Current.CancellationToken)).ShouldBeTrue("it was not done");

        public Task RunAsync(CancellationToken cancel)
        {
            _done.Release();
            return Fault is { } fault ? Task.FromException(fault) : Task.CompletedTask;
        }

        public void Dispose() => _done.Dispose();
    }
}
