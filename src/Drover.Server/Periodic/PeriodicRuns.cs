using System.Collections.Immutable;

namespace Drover.Server.Periodic;

/// <summary>One run of periodic work.</summary>
/// <param name="Number">Rises with every run since the start of the server.</param>
/// <param name="Work">Place of the work in the list, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended; null while it runs.</param>
/// <param name="Fault">What went wrong; null where nothing did.</param>
public sealed record PeriodicRun(long Number, int Work, string Name, DateTimeOffset Start, DateTimeOffset? End = null, string? Fault = null);

/// <summary>The last runs of each work, in memory.</summary>
public sealed class PeriodicRuns(TimeProvider time)
{
    /// <summary>Runs told of one work.</summary>
    public const int MostOfOne = 50;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, ImmutableQueue<PeriodicRun>> _runs = [];
    private long _number;

    /// <summary>All runs that are told, oldest first.</summary>
    public ImmutableArray<PeriodicRun> All
    {
        get { lock (_lock) return [.. _runs.Values.SelectMany(runs => runs).OrderBy(run => run.Number)]; }
    }

    /// <summary>A run begins.</summary>
    public PeriodicRun Begin(int work, string name)
    {
        lock (_lock)
        {
            var run = new PeriodicRun(++_number, work, name, time.GetUtcNow());
            var runs = _runs.GetValueOrDefault(work, []).Enqueue(run);
            _runs[work] = runs.Count() > MostOfOne ? runs.Dequeue() : runs;
            return run;
        }
    }

    /// <summary>A run ended.</summary>
    public void End(PeriodicRun run, string? fault)
    {
        lock (_lock) _runs[run.Work] = [.. _runs[run.Work].Select(one => one.Number == run.Number ? one with { End = time.GetUtcNow(), Fault = fault } : one)];
    }
}
