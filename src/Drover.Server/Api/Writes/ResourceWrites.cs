using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Queries;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;
using Drover.Store;

namespace Drover.Server.Api.Writes;

/// <summary>What a write left behind.</summary>
/// <param name="Entries">The objects, as the commit left them.</param>
/// <param name="Shown">Values that this answer alone shows.</param>
/// <param name="Many">True where one request created several.</param>
public sealed record Written(ImmutableArray<Entry> Entries, IReadOnlyDictionary<string, string>? Shown = null, bool Many = false);

/// <summary>Creates, changes and removes objects of any kind; the kinds' rules run inside the write.</summary>
public sealed class ResourceWrites(RoleCatalogs catalogs, KindPieces pieces, ResourceStore store)
{
    /// <summary>Creates one object from what was sent, or several where a rule says so.</summary>
    public async Task<Written> CreateAsync(ApiCall call, KindView kind, Body body, CancellationToken cancel)
    {
        if (OwnWrites(kind.Kind) is { } own) return await store.WriteAsync(tx => own.Create(tx, call, body), cancel);
        CheckStored(kind.Kind);
        var prepared = new List<(ICreateRule Rule, object? Prepared)>();
        foreach (var rule in pieces.Of<ICreateRule>(kind.Kind)) prepared.Add((rule, await rule.PrepareAsync(call, body, cancel)));
        return await store.WriteAsync(tx => Create(tx, call, kind, body, prepared), cancel);
    }

    /// <summary>Changes the fields that were sent and differ; sets the update through-state where one of them reconciles.</summary>
    public Task<Written> UpdateAsync(ApiCall call, KindView kind, Entry target, Body body, CancellationToken cancel)
        => store.WriteAsync(tx => OwnWrites(target.Kind) is { } own ? own.Update(tx, call, target, body) : Update(tx, call, kind, target, body), cancel);

    /// <summary>Asks for removal, or for what must come before it.</summary>
    public Task<Written> RemoveAsync(ApiCall call, Entry target, CancellationToken cancel)
        => store.WriteAsync(tx => OwnWrites(target.Kind) is { } own ? own.Remove(tx, call, target) : Remove(tx, call, target), cancel);

    /// <summary>Asks for an action of the life cycle.</summary>
    public Task<Written> AskAsync(ApiCall call, Entry target, ActionView action, Body body, CancellationToken cancel)
        => store.WriteAsync(tx => target.IsRemoved && action.Name == "purge" ? Purge(tx, target) : Ask(tx, call, target, action, body), cancel);

    /// <summary>Binds an action's body to its input type, as a create; null where it declares none.</summary>
    public object? BindInput(ApiCall call, Snapshot view, ActionView action, Body body)
        => action.Input is { } input && call.Catalog.FindShape(input) is { } shape
            ? RecordBinder.Create(shape, body, CoercionOn(call, view))
            : null;

    private Written Create(WriteTx tx, ApiCall call, KindView kind, Body body, List<(ICreateRule Rule, object? Prepared)> rules)
    {
        var bound = (Resource)RecordBinder.Create(kind, body, CoercionOn(call, tx.View));
        if (kind.Kind.Find("accountId") is not { Declared.Access: not "" }) bound = bound with { AccountId = null };
        else if (bound.AccountId is null || !call.Caller.SeesAllAccounts) bound = bound with { AccountId = call.Caller.AccountId };
        var draft = new CreateDraft(tx, kind.Kind, bound, call.Caller) { Body = body };
        CheckUnique(tx, call, kind, bound, null, field => field.Create);
        foreach (var (rule, prepared) in rules)
        {
            draft.Prepared = prepared;
            Throw(rule.Check(draft));
        }

        ImmutableArray<Resource> wanted = draft.Copies.Length > 0 ? draft.Copies : [draft.Wanted];
        var created = wanted.Select(one => tx.Create(one, draft.Seen)).ToList();
        foreach (var one in created)
            foreach (var (rule, prepared) in rules)
            {
                draft.Prepared = prepared;
                rule.Created(draft, one);
            }

        return new Written([.. created.Select(one => tx.View.Find(kind.Kind.Family, one.Id)!)], draft.Shown, created.Count > 1);
    }

    private Written Update(WriteTx tx, ApiCall call, KindView kind, Entry target, Body body)
    {
        CheckStored(target.Kind);
        var before = Newest(tx, target);
        var values = RecordBinder.Update(kind, body, CoercionOn(call, tx.View));
        var changed = values.Where(v => !Equals(v.Value, v.Key.Get(before.Wanted))).ToList();
        var draft = new UpdateDraft(tx, before, Shape.With(before.Wanted, changed), call.Caller)
        {
            Body = body,
            Changed = changed.Select(v => v.Key.Name).ToHashSet(StringComparer.Ordinal),
            Reconciles = changed.Any(v => v.Key.Declared.Reconciles),
        };
        CheckUnique(tx, call, kind, draft.Wanted, before, field => draft.Changed.Contains(field.Name));
        foreach (var rule in pieces.Of<IUpdateRule>(kind.Kind)) Throw(rule.Check(draft));
        if (draft.Reconciles && before.Kind.Lifecycle?.Declares("update") == true) tx.Ask(draft.Wanted, "update");
        else if (draft.Wanted != before.Wanted) tx.Put(draft.Wanted);
        return new Written([Newest(tx, target)]);
    }

    private Written Remove(WriteTx tx, ApiCall call, Entry target)
    {
        CheckStored(target.Kind);
        var before = Newest(tx, target);
        var draft = new RemoveDraft(tx, before, call.Caller) { Body = Body.Empty };
        foreach (var rule in pieces.Of<IRemoveRule>(before.Kind)) Throw(rule.Check(draft));
        if (before.Kind.Lifecycle is not { } cycle)
        {
            tx.PutSeen(before.Kind.Family, before.Id, before.Seen with { Removed = tx.Now, RemoveTime = tx.Now });
            var removed = Newest(tx, target);
            tx.Bury(before.Kind.Family, before.Id);
            return new Written([removed]);
        }

        var asked = draft.Wanted with { RemoveRequested = true };
        if (cycle.Ask("remove", before.State) is not null) tx.Ask(asked, "remove");
        else if (First(before) is { } first) tx.Ask(asked, first);
        else throw NotPossible($"Not possible while {before.State}");
        return new Written([Newest(tx, target)]);

        string? First(Entry entry) => pieces.Of<IRemoveRule>(entry.Kind)
            .Select(rule => rule.Before)
            .FirstOrDefault(action => action is not null && cycle.Ask(action, entry.State) is not null);
    }

    private Written Ask(WriteTx tx, ApiCall call, Entry target, ActionView action, Body body)
    {
        var before = Newest(tx, target);
        if (!action.IsOffered(before)) throw new ProblemException(new Problem("ActionNotAvailable", "action"));
        var draft = new ActionDraft(tx, before, call.Caller, action.Name) { Body = body, Input = BindInput(call, tx.View, action, body) };
        foreach (var rule in pieces.Of<IProcessRule>(before.Kind).Where(r => r.Action == action.Name)) Throw(rule.Check(draft));
        var asked = action.Name == "remove" ? draft.Wanted with { RemoveRequested = true } : draft.Wanted;
        tx.Ask(asked, action.Name);
        return new Written([Newest(tx, target)]);
    }

    /// <summary>A removed object has nothing left that would have to go first: it is purged at once, and answered by its id as such until its row is trimmed (API-09).</summary>
    private static Written Purge(WriteTx tx, Entry target)
    {
        var (kind, id) = (target.Kind, target.Id);
        if (tx.View.Find(kind.Family, id) is not null) throw new ProblemException(new Problem("ActionNotAvailable", "action"));
        tx.Create(target.Wanted with { State = "purging" }, target.Seen with { Generation = 1, State = kind.Lifecycle!.Settled("purging"), Failed = false, Why = null });
        var purged = tx.View.Find(kind.Family, id)!;
        tx.Bury(kind.Family, id);
        return new Written([purged]);
    }

    private static void CheckStored(Kind kind)
    {
        if (kind.IsBase) throw NotPossible($"{kind.Name} is a base type: create one of the kinds that have it as baseType");
        if (kind.Declared.IsHistory) throw NotPossible($"{kind.Name} is written by the server alone");
        if (kind.Declared.IsView) throw NotPossible($"the rows of {kind.Name} follow from other objects: change those");
    }

    private static ProblemException NotPossible(string detail)
        => new(Problem.NotAllowed(detail));

    private IKindWrites? OwnWrites(Kind kind) => pieces.Of<IKindWrites>(kind).FirstOrDefault();

    private Coercion CoercionOn(ApiCall call, Snapshot view)
    {
        var rows = new Rows(catalogs.Catalog, pieces, view, call.Caller);
        return new Coercion(call.Catalog, (kind, id) =>
            catalogs.Catalog.FindKind(kind) is { } target && rows.Find(target, id) is { IsRemoved: false } found ? found.Id : null);
    }

    private void CheckUnique(WriteTx tx, ApiCall call, KindView kind, Resource wanted, Entry? own, Func<FieldView, bool> look)
    {
        foreach (var field in kind.Fields.Where(f => f.Field is { Declared.Unique: true, Side: Side.Wanted } && look(f)))
        {
            if (field.Field.Get(wanted) is not { } value) continue;
            var rows = new Rows(catalogs.Catalog, pieces, tx.View, call.Caller);
            if (rows.All(kind.Kind).Any(row => !row.IsRemoved && row.Id != own?.Id && Condition.Compare(row.Value(field.Field), value) == 0))
                throw new ProblemException(new Problem("NotUnique", field.Name));
        }
    }

    private static Entry Newest(WriteTx tx, Entry entry)
        => tx.View.Find(entry.Kind.Family, entry.Id) ?? throw new ProblemException(Problem.NotFound());

    private static void Throw(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems) throw new ProblemException(problem);
    }
}
