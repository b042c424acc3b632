using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Reconcile;
using Drover.Server.Api.Writes;
using Drover.Server.Containers;
using Drover.Server.Hosts;
using Drover.Server.Services;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>Settles the moves of environments, and takes a removed one apart: stacks and containers, then hosts, then all the rest.</summary>
public sealed class EnvironmentReconciler(ResourceStore store) : Reconciler<Project>(store)
{
    /// <inheritdoc/>
    public override ImmutableArray<Source> Reads =>
    [
        Source.Own<Project>(),
        Source.Of<Stack>((change, after) => HealthOf(change.Before) != HealthOf(change.After) && change.Entry.Wanted.AccountId is { } id ? [id] : Leaving(change, after)),
        Source.Of<Container>(Leaving),
        Source.Of<Host>(Leaving),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> Writes => ["project.seen"];

    /// <inheritdoc/>
    public override async Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
    {
        if (Store.Current.Find<Project>(key) is not { } entry) return Outcome.Settled;
        if (entry.Wanted.RemoveRequested) await Store.WriteAsync(tx => TakeApart(tx, key), cancel).ConfigureAwait(false);
        else if (Next(Store.Current, entry) != entry.Seen) await Store.WriteAsync(tx => Show(tx, key), cancel).ConfigureAwait(false);
        return Outcome.Settled;
    }

    private static void Show(WriteTx tx, long id)
    {
        if (tx.View.Find<Project>(id) is { } entry) tx.PutSeen(entry.Kind.Family, id, Next(tx.View, entry));
    }

    /// <summary>The environment is as healthy as its stacks (ENV-31); a move ends at once.</summary>
    private static ProjectSeen Next(Snapshot view, Entry entry)
    {
        var seen = (ProjectSeen)(entry.Seen.Generation < entry.Wanted.Generation ? Settler.Rested(entry) ?? entry.Seen : entry.Seen);
        var stacks = view.By<Stack>("accountId", entry.Id).Where(s => !s.IsRemoved && !s.Wanted.RemoveRequested).Select(HealthOf).OfType<string>().ToList();
        return seen with { HealthState = ServiceHealth.OfStack(stacks) };
    }

    private static string? HealthOf(Entry? stack) => (stack?.Seen as StackSeen)?.HealthState;

    private static void TakeApart(WriteTx tx, long id)
    {
        if (tx.View.Find<Project>(id) is not { } entry) return;
        if (entry.State != "removing") tx.Put(entry.Wanted with { State = "removing", Generation = entry.Wanted.Generation + 1 });
        foreach (var stack in tx.View.By<Stack>("accountId", id).Where(s => !s.Wanted.RemoveRequested).ToList())
            tx.Put(stack.Wanted with { RemoveRequested = true, State = "removing", Generation = stack.Wanted.Generation + 1 });
        foreach (var container in tx.View.By<Container>("accountId", id).Where(c => ((Container)c.Wanted).ServiceId is null).ToList())
            ContainerMoves.Remove(tx, container.Id);
        if (Waits(tx.View, id) is { } reason)
        {
            tx.PutSeen(entry.Kind.Family, id, entry.Seen with { Why = Waiting.For(entry.Seen.Why, reason, tx.Now) });
            return;
        }

        var hosts = tx.View.By<Host>("accountId", id).ToList();
        foreach (var host in hosts.Where(h => !h.Wanted.RemoveRequested)) HostRemoval.Forget(tx, host);
        if (hosts.Count > 0) tx.PutSeen(entry.Kind.Family, id, entry.Seen with { Why = Waiting.For(entry.Seen.Why, $"{hosts.Count} hosts are being removed", tx.Now) });
        else BuryAll(tx, id);
    }

    /// <summary>Containers on hosts that answer are removed by them; nothing waits for a host that does not.</summary>
    private static string? Waits(Snapshot view, long id)
    {
        var stacks = view.By<Stack>("accountId", id).Count();
        var containers = view.By<Container>("accountId", id).Count(c => Answers(view, ((Container)c.Wanted).HostId));
        if (containers > 0) return $"{stacks} stacks and {containers} containers are being removed";
        return stacks > 0 && !view.By<Container>("accountId", id).Any() ? $"{stacks} stacks are being removed" : null;
    }

    private static bool Answers(Snapshot view, long? host) => view.Find<Host>(host) is { Seen: HostSeen { AgentState: null or "active" } };

    /// <summary>Members, networks, keys, registries and templates have nobody to wait for.</summary>
    private static void BuryAll(WriteTx tx, long id)
    {
        foreach (var kind in Catalog.All.Kinds.Where(k => k is { IsBase: false, Declared: { IsView: false, IsHistory: false } } && k.Family != "account"))
            foreach (var owned in tx.View.By(kind, "accountId", id).ToList())
                tx.Bury(owned);
        tx.Bury(tx.View.Find<Project>(id)!);
    }

    private static IEnumerable<long> Leaving(Change change, Snapshot after)
        => change.Entry.Wanted.AccountId is { } id && after.Find<Project>(id) is { Wanted.RemoveRequested: true } ? [id] : [];
}
