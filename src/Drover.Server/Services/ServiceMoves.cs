using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>What can be asked of a service inside a write. Each does nothing where the state does not offer it.</summary>
public static class ServiceMoves
{
    public static void Activate(WriteTx tx, Entry service) => Ask(tx, service, "activate", wanted => wanted with { Running = true });

    public static void Deactivate(WriteTx tx, Entry service) => Ask(tx, service, "deactivate", wanted => wanted with { Running = false });

    /// <summary>Begins an upgrade in place; the strategy is checked.</summary>
    /// <param name="tx">The write.</param>
    /// <param name="service">The service.</param>
    /// <param name="strategy">What is to change.</param>
    /// <param name="version">Tells the new containers from those before.</param>
    public static void Upgrade(WriteTx tx, Entry service, InServiceUpgradeStrategy strategy, string version)
        => Ask(tx, service, "upgrade", wanted => UpgradedConfigs.Apply(wanted, strategy, version));

    public static void CancelUpgrade(WriteTx tx, Entry service) => Ask(tx, service, "cancelupgrade", wanted => wanted);

    public static void ContinueUpgrade(WriteTx tx, Entry service) => Ask(tx, service, "continueupgrade", wanted => wanted);

    public static void FinishUpgrade(WriteTx tx, Entry service) => Ask(tx, service, "finishupgrade", wanted => wanted);

    /// <summary>Asks for what was there before the upgrade.</summary>
    public static void Rollback(WriteTx tx, Entry service) => Ask(tx, service, "rollback", UpgradedConfigs.Restored);

    /// <summary>Sets the scale; the state shows it where it offers an update.</summary>
    public static void Scale(WriteTx tx, long id, long scale)
    {
        if (tx.View.Find<Service>(id) is not { Wanted: Service { RemoveRequested: false } wanted } service || wanted.Scale == scale) return;
        if (service.Kind.Lifecycle!.Ask("update", service.State) is not null) tx.Ask(wanted with { Scale = scale }, "update");
        else tx.Put(wanted with { Scale = scale });
    }

    /// <summary>Asks for removal, whatever the state is.</summary>
    public static void Remove(WriteTx tx, Entry service)
    {
        var wanted = (Service)service.Wanted;
        if (wanted.RemoveRequested) return;
        var going = wanted with { RemoveRequested = true, Running = false };
        if (service.Kind.Lifecycle!.Ask("remove", service.State) is not null) tx.Ask(going, "remove");
        else tx.Put(going with { State = "removing", Generation = wanted.Generation + 1 });
    }

    private static void Ask(WriteTx tx, Entry service, string action, Func<Service, Service> change)
    {
        if (service.Wanted is Service { RemoveRequested: false } wanted && service.Kind.Lifecycle!.Ask(action, service.State) is not null)
            tx.Ask(change(wanted), action);
    }
}
