using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Store;

namespace Drover.Server.Api.Queries;

/// <summary>What is not in the live state: removed objects that are still kept, and the records of unbounded kinds.</summary>
public sealed class KeptRecords(ResourceStore store)
{
    private const int PageSize = 500;

    /// <summary>A removed object or record by its wire id; null where none is kept or the caller may not read it.</summary>
    public async Task<Entry?> FindAsync(Rows rows, Kind kind, string id)
    {
        if (kind.Declared.NamedId || kind.Declared.IsView || !ResourceId.TryParse(id, out var number)) return null;
        var entry = kind.Declared.IsHistory
            ? (await store.QueryHistoryAsync(kind, before: number == long.MaxValue ? number : number + 1, most: 1)).FirstOrDefault(e => e.Id == number)
            : await store.FindRemovedAsync(kind.Family, number);
        return entry is not null && rows.Accepts(kind, entry) ? entry : null;
    }

    /// <summary>The removed objects of a kind that the caller may read, by rising number.</summary>
    public async Task<IReadOnlyList<Entry>> RemovedAsync(Rows rows, Kind kind)
        => kind.Declared.IsView || kind.Declared.IsHistory || kind.Lifecycle is null ? [] : await AllAsync(before => store.QueryRemovedAsync(kind.Family, before, PageSize), entry => rows.Accepts(kind, entry));

    /// <summary>The newest records of an unbounded kind that the caller may read, by rising number.</summary>
    /// <param name="rows">What the caller may read.</param>
    /// <param name="kind">A kind declared as history.</param>
    /// <param name="caller">Its account narrows the search.</param>
    /// <param name="field">The field that must hold the key; null where none is asked for. Where records have no index of it, the newest are looked through.</param>
    /// <param name="key">The field's value.</param>
    /// <param name="listing">The list that is filled; null for all records.</param>
    /// <param name="sight">What the request may still look at; null where it asks once.</param>
    public Task<IReadOnlyList<Entry>> HistoryAsync(Rows rows, Kind kind, Caller caller, string? field = null, object? key = null, Listing? listing = null, Sight? sight = null)
    {
        var asked = field is null ? null : kind[field];
        var isIndexed = asked?.Index is { InHistory: true };
        var (index, value) = isIndexed ? (field, key) : caller.SeesAllAccounts ? (null, null) : ("accountId", caller.AccountId);
        return AllAsync(
            before => store.QueryHistoryAsync(kind, index, value, before, PageSize),
            entry => rows.Accepts(kind, entry) && (asked is null || isIndexed || Equals(entry.Value(asked), key)) && listing?.Meets(entry) != false,
            listing?.EnoughNewest,
            listing?.Before ?? long.MaxValue,
            sight);
    }

    private static async Task<IReadOnlyList<Entry>> AllAsync(Func<long, Task<IReadOnlyList<Entry>>> query, Func<Entry, bool> accepts, int? enough = null, long start = long.MaxValue, Sight? sight = null)
    {
        var found = new List<Entry>();
        var before = start;
        sight ??= new Sight();
        while (!sight.IsSpent && (enough is null || found.Count < enough))
        {
            var page = await query(before);
            sight.Spend(page.Count);
            found.AddRange(page.Where(accepts));
            if (page.Count < PageSize) break;
            before = page[^1].Id;
        }

        found.Reverse();
        return found;
    }
}
