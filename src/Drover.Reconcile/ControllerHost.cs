using Drover.Model.Kernel;
using Drover.Store;
using Microsoft.Extensions.Logging;

namespace Drover.Reconcile;

/// <summary>How reconcilers are run.</summary>
/// <param name="Workers">Keys worked on at once.</param>
/// <param name="BackOff">Waits after failures.</param>
/// <param name="Seed">Seeds the jitter of the waits.</param>
public sealed record ControllerOptions(int Workers, BackOff BackOff, int Seed)
{
    /// <summary>Four workers, 200 ms to one minute.</summary>
    public static ControllerOptions Default { get; } = new(4, BackOff.Default, 1);
}

/// <summary>Runs reconcilers: informers fill one work queue, a few workers empty it.</summary>
public sealed partial class ControllerHost : IAsyncDisposable
{
    /// <summary>How often in a row a conflict is tried again at once before it is backed off.</summary>
    private const int ConflictTries = 5;

    private readonly Dictionary<string, Reconciler> _reconcilers;
    private readonly ControllerOptions _options;
    private readonly ILogger<ControllerHost> _log;
    private readonly WorkQueue _queue;
    private readonly Informer _informer;
    private readonly CancellationTokenSource _stop = new();
    private Task[] _workers = [];

    /// <summary>Throws <see cref="InvalidOperationException"/> where two of them write one field.</summary>
    /// <param name="store">Where the commits come from.</param>
    /// <param name="reconcilers">What is run.</param>
    /// <param name="otherWriters">Components that write fields without being reconcilers, for the check of ownership.</param>
    /// <param name="time">Times back-off and wake-ups.</param>
    /// <param name="options">Workers and waits.</param>
    /// <param name="log">Takes defects.</param>
    public ControllerHost(
        ResourceStore store,
        IEnumerable<Reconciler> reconcilers,
        IEnumerable<IFieldWriter> otherWriters,
        TimeProvider time,
        ControllerOptions options,
        ILogger<ControllerHost> log)
    {
        Reconciler[] all = [.. reconcilers];
        Ownership.Check(all.Concat(otherWriters), Catalog.All);
        _reconcilers = all.ToDictionary(r => r.Name, StringComparer.Ordinal);
        _options = options;
        _log = log;
        _queue = new WorkQueue(time, options.BackOff, options.Seed);
        _informer = new Informer(store, Catalog.All, _queue, all);
    }

    public ReconcileMetrics Metrics { get; } = new();

    /// <summary>Keys worked on at once.</summary>
    public int Workers => _options.Workers;

    /// <summary>What the work queue holds now.</summary>
    public QueueFigures Figures => _queue.Figures;

    /// <summary>When something is due although nothing changes; null for never.</summary>
    public DateTimeOffset? NextWake => _queue.NextWake;

    /// <summary>Subscribes to the store and marks all that exists, without starting workers: for those who call <see cref="StepAsync"/>.</summary>
    public void Open() => _informer.Start();

    /// <summary>Opens and starts the workers.</summary>
    public void Start()
    {
        Open();
        _workers = [.. Enumerable.Range(0, _options.Workers).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Marks a key although nothing in the store changed, such as when a connection broke.</summary>
    public void Wake(string reconciler, long id) => _queue.Add(new WorkKey(reconciler, id));

    /// <summary>The names of the reconcilers that drive the objects of a kind.</summary>
    public IEnumerable<string> DriversOf(Kind kind)
        => _reconcilers.Values.Where(reconciler => reconciler.Reads.Any(source => source.IsOwn && source.Covers(kind.ClrType))).Select(reconciler => reconciler.Name);

    /// <summary>Marks an object for each reconciler that drives its kind.</summary>
    public void Wake(Kind kind, long id)
    {
        foreach (var driver in DriversOf(kind)) Wake(driver, id);
    }

    /// <summary>Works on one ready key; false where none is ready.</summary>
    public async Task<bool> StepAsync(CancellationToken cancel)
    {
        if (!_queue.TryTake(out var key)) return false;
        await RunAsync(key, cancel).ConfigureAwait(false);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_workers).ConfigureAwait(false);
        _informer.Dispose();
        _queue.Dispose();
        _stop.Dispose();
        Metrics.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            while (true) await RunAsync(await _queue.TakeAsync(_stop.Token).ConfigureAwait(false), _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task RunAsync(WorkKey key, CancellationToken cancel)
    {
        var reconciler = _reconcilers[key.Reconciler];
        for (var tries = 1; ; tries++)
        {
            try
            {
                Metrics.Ran(key.Reconciler);
                var outcome = await reconciler.ReconcileAsync(key.Id, cancel).ConfigureAwait(false);
                _queue.Done(key);
                if (outcome.WakeAt is { } wake) _queue.AddAt(key, wake);
                return;
            }
            catch (ConflictException) when (tries < ConflictTries)
            {
                Metrics.Failed(key.Reconciler, Failure.Conflict);
            }
#pragma warning disable CA1031 // Whatever it was, the key must not be lost.
            catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
#pragma warning restore CA1031
            {
                await FailAsync(reconciler, key, fault, cancel).ConfigureAwait(false);
                return;
            }
        }
    }

    private async Task FailAsync(Reconciler reconciler, WorkKey key, Exception fault, CancellationToken cancel)
    {
        var failure = Classify(fault);
        Metrics.Failed(key.Reconciler, failure);
        if (failure == Failure.Defect) LogDefect(key, fault);
        DateTimeOffset? next = null;
        if (failure == Failure.Problem) _queue.Done(key);
        else next = _queue.Retry(key);
        if (failure == Failure.Conflict) return;
        try
        {
            var reason = failure == Failure.Defect ? $"{reconciler.Name} failed: {fault.Message}" : fault.Message;
            await reconciler.ExplainAsync(key.Id, reason, next, cancel).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The reason could not be shown; the key is tried again all the same.
        catch (Exception second) when (second is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogDefect(key, second);
        }
    }

    private static Failure Classify(Exception fault) => fault switch
    {
        ConflictException => Failure.Conflict,
        TransientException or TimeoutException => Failure.Transient,
        ProblemException => Failure.Problem,
        _ => Failure.Defect,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Working on {Key} failed")]
    private partial void LogDefect(WorkKey key, Exception fault);
}
