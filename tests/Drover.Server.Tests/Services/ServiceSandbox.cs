using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Protocol;
using Drover.Reconcile;
using Drover.Server.Containers;
using Drover.Server.Services;
using Drover.Store;
using Drover.Testing;

namespace Drover.Server.Tests.Services;

/// <summary>One service without hosts: the test plays the host, step by step, on a clock of its own.</summary>
internal sealed class ServiceSandbox
{
    public ServiceSandbox(Service service)
    {
        var ids = 0;
        Guid NewUuid() => new(++ids, 0, 0, new byte[8]);
        Store = new ResourceStore(Catalog.All, Time, NewUuid);
        Write(tx => tx.Create(new Stack { AccountId = 5, Name = "shop" }));
        Id = Write(tx => tx.Create(service with { AccountId = 5, StackId = 1 })).Id;
    }

    public ManualTime Time { get; } = new();

    public ResourceStore Store { get; }

    public long Id { get; }

    public Entry? Service => Store.Current.Find<Service>(Id);

    public IReadOnlyList<Entry> Containers => [.. Store.Current.By<Container>("serviceId", Id)];

    public ServiceView View => ServiceView.From(Store.Current, Id)!;

    /// <summary>Lets the reconciler run once, a new one each time, as after a restart of the server: it remembers nothing.</summary>
    public Outcome Reconcile() => new ServiceReconciler(Store, new GlobalServices(), IdSource.System, Time).ReconcileAsync(Id, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>The host does what is wanted of a container and reports it.</summary>
    public void Answer(Entry entry)
    {
        var wanted = (Container)entry.Wanted;
        Report(entry, new ContainerStatus
        {
            Uuid = wanted.Uuid!,
            Generation = wanted.Generation,
            RestartCount = wanted.RestartCount,
            EngineId = "e",
            State = wanted.RemoveRequested ? SeenState.Removed : wanted.Running ? SeenState.Running : SeenState.Exited,
            StartCount = 1,
        });
    }

    /// <summary>The host reports something of a container.</summary>
    public void Report(Entry entry, ContainerStatus status) => Write(tx =>
    {
        if (tx.View.Find<Container>(entry.Id) is not { } now) return false;
        var reported = ContainerReport.Read((Container)now.Wanted, (ContainerSeen)now.Seen, status, tx.Now);
        if (reported.IsGone)
        {
            ContainerMoves.Bury(tx, now);
            return true;
        }

        tx.PutSeen("instance", now.Id, reported.Seen);
        return true;
    });

    public void Ask(Action<WriteTx, Entry> ask) => Write(tx =>
    {
        if (tx.View.Find<Service>(Id) is { } entry) ask(tx, entry);
        return true;
    });

    public void Scale(long scale) => Ask((tx, entry) =>
    {
        var wanted = (Service)entry.Wanted with { Scale = scale };
        if (entry.Kind.Lifecycle!.Ask("update", entry.State) is not null) tx.Ask(wanted, "update");
        else tx.Put(wanted);
    });

    /// <summary>Begins an upgrade to another image of the primary, where the state offers it.</summary>
    public void Upgrade(string image, long batchSize = 1, bool startFirst = false) => Ask((tx, entry) => ServiceMoves.Upgrade(
        tx,
        entry,
        new InServiceUpgradeStrategy
        {
            BatchSize = batchSize,
            IntervalMillis = 2000,
            StartFirst = startFirst,
            LaunchConfig = ((Service)entry.Wanted).LaunchConfig! with { Spec = new ContainerSpec { ImageUuid = "docker:" + image } },
        },
        $"version of {image}"));

    /// <summary>Reconciles and answers until nothing changes any more; false where that takes too long.</summary>
    public bool Settle()
    {
        for (var round = 0; round < 60; round++)
        {
            var revision = Store.Current.Revision;
            var outcome = Reconcile();
            foreach (var container in Containers) if (container.Seen.Generation < container.Wanted.Generation || container.Wanted.RemoveRequested || container.State == "error") Answer(container);
            if (Store.Current.Revision == revision && outcome == Outcome.Settled) return true;
            Time.Advance(TimeSpan.FromSeconds(11));
        }

        return false;
    }

    public T Write<T>(Func<WriteTx, T> body) => Store.WriteAsync(body).GetAwaiter().GetResult();
}
