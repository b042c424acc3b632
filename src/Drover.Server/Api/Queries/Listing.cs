using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Api.Queries;

/// <summary>Applies the conditions, order and page of one list to rows.</summary>
public sealed class Listing
{
    /// <summary>Rows that a look through a kept order may pass before it is given up for the rows that the caller can read.</summary>
    public const int MostPassed = 20_000;

    private readonly CollectionQuery _query;
    private readonly Kind _kind;
    private readonly ImmutableArray<(FieldReader Field, Func<object?, bool> Test)> _tests;
    private readonly FieldReader? _sort;
    private readonly Func<Entry, bool> _lists;
    private readonly bool _wantsRemoved;
    private readonly int _mostPassed;

    /// <param name="query">What was asked for.</param>
    /// <param name="kind">The kind listed; a base kind for its family.</param>
    /// <param name="call">Who asks.</param>
    /// <param name="pieces">Compute fields, and leave rows out of lists.</param>
    /// <param name="now">What "now" means in conditions.</param>
    /// <param name="mostPassed">Rows that a look through a kept order may pass.</param>
    public Listing(CollectionQuery query, Kind kind, ApiCall call, KindPieces pieces, DateTimeOffset now, int mostPassed = MostPassed)
    {
        _mostPassed = mostPassed;
        _query = query;
        _kind = kind;
        _tests = [.. query.Conditions.Values.SelectMany(list => list).Select(condition => (new FieldReader(condition.Field, call, pieces), condition.Compile(now)))];
        _sort = query.Sort is { } sort ? new FieldReader(sort, call, pieces) : null;
        _lists = row => pieces.Lists(call, row);
        _wantsRemoved = query.WithRemoved || query.Conditions.ContainsKey("removed");
    }

    /// <summary>How many of the newest rows fill the page; null where the order asked for needs all.</summary>
    public int? EnoughNewest => _query is { Descending: true, Sort: null or { Name: "id" or "created" } } ? Needed : null;

    /// <summary>Only rows below this number can meet the conditions; the look through what is kept begins there.</summary>
    public long Before
        => _query.Conditions.GetValueOrDefault("id", []) is [{ Modifier: "lt" or "lte" } below, ..] && ResourceId.TryParse(below.Value, out var id) && id < long.MaxValue
            ? below.Modifier == "lt" ? id : id + 1
            : long.MaxValue;

    /// <summary>As many rows as are needed to fill the page and to know whether there is another.</summary>
    private int Needed => (int)Math.Min((long)_query.Offset + _query.Limit + 1, int.MaxValue);

    /// <summary>The page of live objects, found the shortest way that the store's indexes offer.</summary>
    public Page PageOf(Rows rows)
        => (_query.Sort is { } sort && !_query.Keys().Any() && rows.InOrder(_kind, sort.Field, _query.Descending) is { } sorted
            ? PageOfSorted(sorted)
            : null) ?? PageOf(rows.Under(_kind, _query.Keys()));

    /// <summary>The page of rows that come by rising number.</summary>
    /// <param name="rows">What the caller may read.</param>
    /// <param name="listed">False where rows are kept that <see cref="IListFilter"/> leaves out.</param>
    public Page PageOf(IEnumerable<Entry> rows, bool listed = true)
    {
        rows = rows.Where(row => Meets(row) && (!listed || _lists(row)));
        return Cut(_sort is null && !_query.Descending ? [.. rows.Take(Needed)] : First(rows));
    }

    /// <summary>The page of rows that come in the order asked for; null where too many were passed before it was full.</summary>
    private Page? PageOfSorted(IEnumerable<Entry?> rows)
    {
        var (found, passed) = (new List<Entry>(), 0);
        foreach (var row in rows)
        {
            if (passed++ == _mostPassed) return null;
            if (row is null || !Meets(row) || !_lists(row)) continue;
            found.Add(row);
            if (found.Count == Needed) break;
        }

        return Cut(found);
    }

    /// <summary>True where the row meets every condition.</summary>
    public bool Meets(Entry row)
    {
        if (!_wantsRemoved && row.IsRemoved) return false;
        foreach (var (field, test) in _tests)
            if (!test(field.Of(row)))
                return false;
        return true;
    }

    /// <summary>The first rows of the order asked for: a heap as large as the page, however many rows there are.</summary>
    private List<Entry> First(IEnumerable<Entry> rows)
    {
        var heap = new PriorityQueue<Entry, Place>(new LastFirst(_query.Descending));
        foreach (var row in rows)
        {
            var place = new Place(_sort?.Of(row), row.Id);
            if (heap.Count < Needed) heap.Enqueue(row, place);
            else heap.EnqueueDequeue(row, place);
        }

        var found = new List<Entry>(heap.Count);
        while (heap.TryDequeue(out var row, out _)) found.Add(row);
        found.Reverse();
        return found;
    }

    private Page Cut(List<Entry> first)
        => new([.. first.Skip(_query.Offset).Take(_query.Limit)], first.Count > (long)_query.Offset + _query.Limit);

    private readonly record struct Place(object? Value, long Id);

    /// <summary>Puts what stands last in the order first, so that it is what falls out of the heap.</summary>
    private sealed class LastFirst(bool descending) : IComparer<Place>
    {
        public int Compare(Place x, Place y)
        {
            var order = Order(x.Value, y.Value) is var byValue and not 0 ? byValue : x.Id.CompareTo(y.Id);
            return descending ? order : -order;
        }

        private static int Order(object? x, object? y) => (x, y) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            (int a, int b) => a.CompareTo(b),
            _ => Condition.Compare(x, y) ?? 0,
        };
    }
}
