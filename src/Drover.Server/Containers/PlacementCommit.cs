using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Reconcile;
using Drover.Scheduling;
using Drover.Store;

namespace Drover.Server.Containers;

/// <summary>Writes placements: what each takes on its host is checked again against the newest state, and who loses says why and waits.</summary>
public sealed class PlacementCommit(ImmutableArray<IPlacementClaim> claims)
{
    /// <summary>Writes a batch inside a write body.</summary>
    /// <param name="tx">The write.</param>
    /// <param name="units">The requests, by key.</param>
    /// <param name="result">What the scheduler found.</param>
    /// <returns>The keys of those that lost their place meanwhile.</returns>
    public ImmutableArray<long> Apply(WriteTx tx, IReadOnlyDictionary<long, UnitRequest> units, PlacementResult result)
    {
        var loads = new Dictionary<long, HostLoad?>();
        var losers = ImmutableArray.CreateBuilder<long>();
        foreach (var placement in result.Placed)
        {
            var unit = units[placement.Key];
            if (Place(tx, unit, placement.HostId, loads) is not { } reason) continue;
            losers.Add(placement.Key);
            Explain(tx, unit, reason);
        }

        foreach (var waiting in result.Waiting) Explain(tx, units[waiting.Key], waiting.Reason);
        return losers.ToImmutable();
    }

    private string? Place(WriteTx tx, UnitRequest unit, long hostId, Dictionary<long, HostLoad?> loads)
    {
        if (!unit.Containers.All(c => tx.View.Find<Container>(c.Id) is { } now && ContainerUses.IsUnplaced(now))) return null;
        if (!loads.TryGetValue(hostId, out var load)) loads[hostId] = load = LoadOf(tx.View, hostId);
        if (load is null) return "its host is gone";
        if (Scheduler.Objection(load, unit.Request) is { } objection) return $"{load.Name} {objection}";
        try
        {
            var host = tx.View.Find<Host>(hostId)!;
            ImmutableArray<Container> placed = [.. unit.Containers.Select(c => Claim(tx, (Container)tx.View.Find<Container>(c.Id)!.Wanted, host))];
            foreach (var container in placed)
            {
                tx.Put(container);
                Settle(tx, container.Id);
                loads[hostId] = load = load.With(ContainerUses.Of(container));
            }

            return null;
        }
        catch (PlacementRefusedException refused)
        {
            return refused.Message;
        }
    }

    // What claims took for a unit whose later member was refused stays with the container, which keeps looking for a host.
    private Container Claim(WriteTx tx, Container container, Entry host)
    {
        var placed = container with { HostId = host.Id, State = container.State == "creating" ? "starting" : container.State };
        return claims.Aggregate(placed, (one, claim) => claim.Claim(tx, one, host));
    }

    private static void Settle(WriteTx tx, long id)
    {
        var seen = (ContainerSeen)tx.View.Find<Container>(id)!.Seen;
        tx.PutSeen("instance", id, seen with { Failed = false, TransitioningMessage = null, Why = Waiting.For(seen.Why, "Its host has not answered yet", tx.Now) });
    }

    private static void Explain(WriteTx tx, UnitRequest unit, string reason)
    {
        foreach (var member in unit.Containers)
        {
            if (tx.View.Find<Container>(member.Id) is not { } entry || !ContainerUses.IsUnplaced(entry)) continue;
            var seen = (ContainerSeen)entry.Seen;
            tx.PutSeen("instance", entry.Id, seen with
            {
                TransitioningMessage = $"Scheduling failed: {reason}",
                Why = Waiting.For(seen.Why, $"Scheduling failed: {reason}", tx.Now, seen.RejectedUntil > tx.Now ? seen.RejectedUntil : null),
            });
        }
    }

    private static HostLoad? LoadOf(Snapshot view, long hostId)
    {
        if (view.Find<Host>(hostId) is not { Wanted: Host host, Seen: HostSeen seen } entry) return null;
        var load = new HostLoad(hostId, host.Name ?? seen.Hostname ?? ResourceId.Format(entry.Kind, hostId))
        {
            Closed = HostOpening.WhyClosed(entry),
            Labels = host.Labels,
            Memory = host.Memory,
            MilliCpu = host.MilliCpu,
        };
        return view.By<Container>("hostId", hostId)
            .Select(entry => (Container)entry.Wanted)
            .Where(container => !container.SetAside)
            .Aggregate(load, (one, container) => one.With(ContainerUses.Of(container)));
    }
}
