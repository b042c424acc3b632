using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Volumes;
using Drover.Server.Api.Seams;
using Drover.Server.Containers;
using Drover.Server.Hosts;
using Drover.Server.Volumes;
using Drover.Server.Services;
using Drover.Store;

namespace Drover.Server;

/// <summary>`forget`: takes an object out of the server's books from any state, without waiting for a host. What still runs of it is stopped when its host comes back.</summary>
internal sealed class Forget(string kind) : IKindAction
{
    public string Kind => kind;

    public string Action => "forget";

    public static IEnumerable<IKindPiece> All => [new Forget("host"), new Forget("container"), new Forget("service"), new Forget("stack"), new Forget("volume")];

    public async Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        var target = call.Target;
        await call.Store.WriteAsync(tx => Apply(tx, target.Kind.Family, target.Id), cancel).ConfigureAwait(false);
        return ActionOutcome.Of(target with { Seen = target.Seen with { State = "removed", Generation = target.Wanted.Generation } });
    }

    private static void Apply(WriteTx tx, string family, long id)
    {
        if (tx.View.Find(family, id) is not { } entry) return;
        switch (family)
        {
            case "host":
                HostRemoval.Forget(tx, entry);
                break;
            case "instance":
                ContainerMoves.Bury(tx, entry);
                break;
            case "storagePool" or "volume":
                ReportedVolumes.Bury(tx, entry);
                break;
            case "service":
                foreach (var container in tx.View.By<Container>("serviceId", id).ToList()) ContainerMoves.Bury(tx, container);
                Bury(tx, entry);
                break;
            case "stack":
                foreach (var service in AnyService.InStack(tx.View, id).ToList()) Apply(tx, "service", service.Id);
                foreach (var container in tx.View.By<Container>("stackId", id).ToList()) ContainerMoves.Bury(tx, container);
                foreach (var volume in tx.View.By<Volume>("stackId", id).ToList()) ReportedVolumes.Bury(tx, volume);
                foreach (var template in tx.View.By<VolumeTemplate>("stackId", id).ToList()) Bury(tx, template);
                Bury(tx, entry);
                break;
        }
    }

    private static void Bury(WriteTx tx, Entry entry)
    {
        tx.PutSeen(entry.Kind.Family, entry.Id, entry.Seen with { Generation = entry.Wanted.Generation, State = "removed", Failed = false, Why = null, Removed = tx.Now, RemoveTime = tx.Now + ContainerMoves.RemovedFor });
        tx.Bury(entry.Kind.Family, entry.Id);
    }
}
