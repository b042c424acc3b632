using System.Collections.Immutable;
using Drover.Model.Accounts;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Reconcile;
using Drover.Server.Api.Writes;
using Drover.Server.Environments;
using Drover.Store;

namespace Drover.Server.Accounts;

/// <summary>Takes along what a removed account leaves behind: its keys, preferences and templates, and its memberships.</summary>
public sealed class AccountReconciler(ResourceStore store) : Reconciler<Account>(store)
{
    private static readonly Kind AccountKind = Catalog.All.FindKind("account")!;

    /// <inheritdoc/>
    public override ImmutableArray<Source> Reads => [Source.Of<Account>((change, _) => change.After is null ? [change.Entry.Id] : [])];

    /// <inheritdoc/>
    public override ImmutableArray<string> Writes => [];

    /// <inheritdoc/>
    public override async Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
    {
        if (Store.Current.Find("account", key) is null) await Store.WriteAsync(tx => Clear(tx, key), cancel).ConfigureAwait(false);
        return Outcome.Settled;
    }

    private static void Clear(WriteTx tx, long id)
    {
        foreach (var kind in Catalog.All.Kinds.Where(k => k is { IsBase: false, Declared: { IsView: false, IsHistory: false } } && k.Family != "account"))
            foreach (var owned in tx.View.By(kind, "accountId", id).ToList())
                tx.Bury(owned);
        foreach (var member in tx.View.By<ProjectMember>("externalId", ResourceId.Format(AccountKind, id)).Where(m => ((ProjectMember)m.Wanted).ExternalIdType == Members.OwnType).ToList())
            tx.Bury(member);
    }
}
