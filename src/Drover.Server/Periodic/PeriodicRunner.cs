using Microsoft.Extensions.Logging;

namespace Drover.Server.Periodic;

/// <summary>Does periodic work in its time, each in a loop of its own, and at once when somebody asks.</summary>
public sealed partial class PeriodicRunner(IReadOnlyList<IPeriodicWork> work, TimeProvider time, ILogger<PeriodicRunner> log) : IBackgroundWork, IDisposable
{
    private readonly SemaphoreSlim[] _asked = [.. work.Select(_ => new SemaphoreSlim(0, 1))];

    public string Name => "PeriodicRunner";

    /// <summary>What is done; a work's number is its place, from 1.</summary>
    public IReadOnlyList<IPeriodicWork> Work => work;

    public PeriodicRuns Runs { get; } = new(time);

    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(Enumerable.Range(0, work.Count).Select(place => RepeatAsync(place, cancel)));

    /// <summary>Has a work done at once, or right after the run that is under way.</summary>
    public void Ask(int number)
    {
        try
        {
            _asked[number - 1].Release();
        }
        catch (SemaphoreFullException)
        {
            // It is asked for already.
        }
    }

    public void Dispose()
    {
        foreach (var asked in _asked) asked.Dispose();
    }

    private async Task RepeatAsync(int place, CancellationToken cancel)
    {
        while (true)
        {
            await WaitAsync(place, cancel);
            await RunOnceAsync(place, cancel);
        }
    }

    /// <summary>Waits until it is time or somebody asks.</summary>
    private async Task WaitAsync(int place, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var asked = _asked[place].WaitAsync(either.Token);
        await Task.WhenAny(asked, Task.Delay(work[place].Every, time, either.Token));
        await either.CancelAsync();
        await asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
    }

    private async Task RunOnceAsync(int place, CancellationToken cancel)
    {
        var run = Runs.Begin(place + 1, work[place].Name);
        try
        {
            await work[place].RunAsync(cancel);
            Runs.End(run, null);
        }
#pragma warning disable CA1031 // Whatever fails, it is tried again when its time comes, and the others go on.
        catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Runs.End(run, failure.Message);
            Failed(log, work[place].Name, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} failed and is tried again in its time")]
    private static partial void Failed(ILogger log, string work, Exception failure);
}
