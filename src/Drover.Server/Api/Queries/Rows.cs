using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;
using Drover.Store;

namespace Drover.Server.Api.Queries;

/// <summary>The objects of one snapshot that one caller may read: stored ones, rows of views, whole families behind base types.</summary>
public sealed class Rows(Catalog catalog, KindPieces pieces, Snapshot snapshot, Caller caller)
{
    /// <summary>All readable objects of a kind by rising number, removed ones included.</summary>
    public IEnumerable<Entry> All(Kind kind)
    {
        var rows = IsMixed(kind) ? Merge(catalog.Family(kind.Family).Where(k => !k.IsBase).Select(k => Of(k, family: false))) : Of(kind, kind.IsRoot);
        return rows.Where(Readable);
    }

    private IEnumerable<Entry> Of(Kind kind, bool family)
    {
        long? account = caller.SeesAllAccounts ? null : caller.AccountId;
        return pieces.ViewOf(kind) is { } view ? view.Rows(snapshot, account)
            : account is { } id && IsOwned(kind) ? snapshot.By(kind, "accountId", id, family: family)
            : snapshot.All(kind, family);
    }

    /// <summary>The readable objects of a kind that may meet conditions, by rising number: found through the index that names the fewest.</summary>
    public IEnumerable<Entry> Under(Kind kind, IEnumerable<IndexKey> keys)
    {
        if (pieces.ViewOf(kind) is { } view)
            return keys.FirstOrDefault(key => key.Value is long) is { Value: long target } asked ? view.By(snapshot, asked.Field.Name, target).Where(Readable) : All(kind);
        var ways = IsMixed(kind) ? [] : keys.Where(key => IsStored(kind, key.Field)).Select(key => snapshot.By(kind, key.Field.Name, key.Value, ignoreCase: true, kind.IsRoot)).ToList();
        if (ways.Count == 0) return All(kind);
        if (!caller.SeesAllAccounts && IsOwned(kind)) ways.Add(snapshot.By(kind, "accountId", caller.AccountId, family: kind.IsRoot));
        return Fewest(ways).Where(Listed(kind));
    }

    /// <summary>The readable objects of a kind in the order of a field, with null for each that is passed over; null where the store does not keep that order.</summary>
    public IEnumerable<Entry?>? InOrder(Kind kind, Field field, bool descending)
    {
        if (field.Index is not { Sorted: true } || pieces.ViewOf(kind) is not null || IsMixed(kind) || !IsStored(kind, field)) return null;
        var listed = Listed(kind);
        return snapshot.InOrder(kind, field.Name, descending, kind.IsRoot).Select(entry => listed(entry) ? entry : null);
    }

    /// <summary>The readable object that a wire id names; null where there is none. A base type finds every kind of its family.</summary>
    public Entry? Find(Kind kind, string id)
    {
        Entry? entry;
        if (kind.Declared.NamedId && pieces.ViewOf(kind) is { } view) entry = view.Find(snapshot, id) is { } row && Readable(row) ? row : null;
        else if (kind.Declared.NamedId) entry = snapshot.All(kind).FirstOrDefault(e => e.Wanted.Name == id);
        else if (!ResourceId.TryParse(id, out var number)) return null;
        else entry = Find(kind, number);
        return entry;
    }

    /// <summary>The readable object with this number; null where there is none.</summary>
    public Entry? Find(Kind kind, long number)
    {
        var entry = pieces.ViewOf(kind) is { } view ? view.Find(snapshot, number) : snapshot.Find(kind.Family, number);
        return entry is not null && Accepts(kind, entry) ? entry : null;
    }

    /// <summary>True where an object, wherever it was found, is of the kind and may be read.</summary>
    public bool Accepts(Kind kind, Entry entry) => Fits(entry.Kind, kind) && Readable(entry);

    /// <summary>The objects behind a link; for reference links at most one.</summary>
    public IEnumerable<Entry> Behind(ApiCall call, Entry entry, LinkView link)
    {
        if (link.Kind is LinkKind.Reference or LinkKind.References)
        {
            return entry.Kind.Find(link.Field) is { } field && pieces.ValueOf(call, entry, field) is long id && Find(link.Target, id) is { } one ? [one] : [];
        }

        if (link.Via is { } between)
        {
            return Children(between, link.Field, entry.Id).Where(row => !row.IsRemoved)
                .Select(row => row.Kind.Find(link.Far) is { } far && row.Value(far) is long id ? Find(link.Target, id) : null)
                .OfType<Entry>().DistinctBy(found => found.Id).OrderBy(found => found.Id);
        }

        return Merge(catalog.Family(link.Target.Family).Where(k => !k.IsBase && Fits(k, link.Target)).Select(kind => Children(kind, link.Field, entry.Id)))
            .Where(e => !e.IsRemoved && Readable(e));
    }

    /// <summary>True for a family in which some kinds are computed: its lists are put together.</summary>
    private bool IsMixed(Kind kind) => kind.IsRoot && pieces.ViewOf(kind) is null && catalog.Family(kind.Family).Any(k => pieces.ViewOf(k) is not null);

    /// <summary>True where lists show the values that the store's index of a field holds, and no piece computes others in their place.</summary>
    private bool IsStored(Kind kind, Field field)
        => kind.IsRoot
            ? catalog.Family(kind.Family).All(k => k.Find(field.Name) is not { } own || (own.IsIndexed && !pieces.Computes(k, own)))
            : !pieces.Computes(kind, field);

    /// <summary>The shortest of several lists. All are read side by side until one ends.</summary>
    private static IEnumerable<Entry> Fewest(List<IEnumerable<Entry>> lists)
    {
        if (lists.Count == 1) return lists[0];
        var read = lists.ConvertAll(list => (Rows: list.GetEnumerator(), Found: new List<Entry>()));
        try
        {
            while (true)
            {
                foreach (var (rows, found) in read)
                {
                    if (!rows.MoveNext()) return found;
                    found.Add(rows.Current);
                }
            }
        }
        finally
        {
            foreach (var (rows, _) in read) rows.Dispose();
        }
    }

    private IEnumerable<Entry> Children(Kind kind, string field, long parent)
    {
        if (kind.Find(field) is not { } declared) return [];
        if (pieces.ViewOf(kind) is { } view) return view.By(snapshot, field, parent);
        return declared.IsIndexed
            ? snapshot.By(kind, field, parent)
            : snapshot.All(kind).Where(e => e.Value(declared) is long id && id == parent);
    }

    /// <summary>What lists hold: what may be read, and of kinds that belong to accounts the caller's own only.</summary>
    private Func<Entry, bool> Listed(Kind kind)
        => caller.SeesAllAccounts || !IsOwned(kind) ? Readable : entry => entry.Wanted.AccountId == caller.AccountId && Readable(entry);

    private bool Readable(Entry entry) => caller.Reads(entry) && pieces.Shows(caller, entry);

    /// <summary>True where objects of the kind belong to accounts, and not to everybody.</summary>
    private static bool IsOwned(Kind kind) => kind.Family != "account" && !typeof(IShared).IsAssignableFrom(kind.ClrType) && kind.Find("accountId") is { IsIndexed: true, Declared.Access: not ("" or "-") } && kind.Name != "setting";

    private static bool Fits(Kind actual, Kind asked) => asked.IsRoot ? actual.Family == asked.Family : actual == asked;

    private static IEnumerable<Entry> Merge(IEnumerable<IEnumerable<Entry>> lists)
    {
        var all = lists.ToList();
        return all.Count == 1 ? all[0] : all.SelectMany(l => l).OrderBy(e => e.Id);
    }
}
