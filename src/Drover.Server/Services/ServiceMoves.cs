using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>What can be asked of a service inside a write. Each does nothing where the state does not offer it.</summary>
public static class ServiceMoves
{
    public static void Activate(WriteTx tx, Entry service) => Ask(tx, service, "activate", running: true);

    public static void Deactivate(WriteTx tx, Entry service) => Ask(tx, service, "deactivate", running: false);

    /// <summary>Asks for removal, whatever the state is.</summary>
    public static void Remove(WriteTx tx, Entry service)
    {
        var wanted = (Service)service.Wanted;
        if (wanted.RemoveRequested) return;
        var going = wanted with { RemoveRequested = true, Running = false };
        if (service.Kind.Lifecycle!.Ask("remove", service.State) is not null) tx.Ask(going, "remove");
        else tx.Put(going with { State = "removing", Generation = wanted.Generation + 1 });
    }

    private static void Ask(WriteTx tx, Entry service, string action, bool running)
    {
        if (service.Wanted is Service { RemoveRequested: false } wanted && service.Kind.Lifecycle!.Ask(action, service.State) is not null)
            tx.Ask(wanted with { Running = running }, action);
    }
}
