using System.Diagnostics.Metrics;

namespace Drover.Reconcile;

/// <summary>Counts what reconcilers do; meter "Drover.Reconcile".</summary>
public sealed class ReconcileMetrics : IDisposable
{
    private readonly Meter _meter = new("Drover.Reconcile");
    private readonly Counter<long> _runs;
    private readonly Counter<long> _failures;
    private long _defects;
    private long _count;

    public ReconcileMetrics()
    {
        _runs = _meter.CreateCounter<long>("drover.reconcile.runs", "runs", "Keys worked on");
        _failures = _meter.CreateCounter<long>("drover.reconcile.failures", "failures", "Runs that failed, by class");
    }

    /// <summary>Defects since the start.</summary>
    public long Defects => Interlocked.Read(ref _defects);

    /// <summary>Runs since the start.</summary>
    public long Runs => Interlocked.Read(ref _count);

    public void Dispose() => _meter.Dispose();

    internal void Ran(string reconciler)
    {
        Interlocked.Increment(ref _count);
        _runs.Add(1, KeyValuePair.Create<string, object?>("reconciler", reconciler));
    }

    internal void Failed(string reconciler, Failure failure)
    {
        if (failure == Failure.Defect) Interlocked.Increment(ref _defects);
        _failures.Add(1, KeyValuePair.Create<string, object?>("reconciler", reconciler), KeyValuePair.Create<string, object?>("class", failure.ToString()));
    }
}
