using Drover.Model.Kernel;
using Drover.Store;
using Drover.Store.Journal;
using Drover.Testing;

namespace Drover.Conformance.Store;

/// <summary>What every journal must keep. One class per journal makes the data; one class per subject inherits the tests.</summary>
/// <param name="journals">Makes and opens the journal under test.</param>
public abstract class StoreConformance(IJournals journals) : IAsyncLifetime
{
    private int _uuids;

    /// <summary>The store under test; a fresh one for each test.</summary>
    protected ResourceStore Store { get; private set; } = null!;

    protected ManualTime Time { get; } = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await OpenAsync(new StoreOptions());

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        journals.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the store and opens another on the same data.</summary>
    protected async Task ReopenAsync(StoreOptions? options = null)
    {
        await Store.DisposeAsync();
        Store = await OpenAsync(options ?? new StoreOptions());
    }

    protected Task<T> WriteAsync<T>(Func<WriteTx, T> body) => Store.WriteAsync(body, Cancel);

    protected Task WriteAsync(Action<WriteTx> body) => Store.WriteAsync(body, Cancel);

    protected Task<ResourceStore> OpenAsync(StoreOptions options)
        => ResourceStore.OpenAsync(Catalog.All, journals.Open(), Time, NewUuid, options, Cancel);

    /// <summary>All live objects, for comparison.</summary>
    protected static Entry[] All(Snapshot snapshot) => [.. Catalog.All.Kinds.SelectMany(kind => snapshot.All(kind)).OrderBy(entry => entry.Kind.Family, StringComparer.Ordinal).ThenBy(entry => entry.Id)];

    private Guid NewUuid() => new(Interlocked.Increment(ref _uuids), 0, 0, new byte[8]);
}

/// <summary>The data of one journal, opened as often as wanted, never twice at once.</summary>
public interface IJournals : IDisposable
{
    IJournal Open();
}
