using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Queries;

/// <summary>One page of a list.</summary>
/// <param name="Entries">At most as many as the limit.</param>
/// <param name="HasMore">True where a next page exists.</param>
public sealed record Page(ImmutableArray<Entry> Entries, bool HasMore)
{
    /// <summary>Applies conditions, order and page to rows that come by rising number.</summary>
    public static Page Of(IEnumerable<Entry> rows, Kind kind, CollectionQuery query, ApiCall call, KindPieces pieces, DateTimeOffset now)
    {
        var tests = query.Conditions.Values
            .SelectMany(list => list)
            .Select(condition => (condition.Field, Test: condition.Compile(now)))
            .ToList();
        var wantsRemoved = query.WithRemoved || query.Conditions.ContainsKey("removed");
        rows = rows.Where(row => (wantsRemoved || !row.IsRemoved) && tests.TrueForAll(t => t.Test(Value(row, t.Field))));
        if (query.Sort is { } sort)
        {
            rows = query.Descending
                ? rows.OrderByDescending(row => Value(row, sort), ValueOrder.Instance).ThenByDescending(row => row.Id)
                : rows.OrderBy(row => Value(row, sort), ValueOrder.Instance).ThenBy(row => row.Id);
        }
        else if (query.Descending)
        {
            rows = rows.OrderByDescending(row => row.Id);
        }

        ImmutableArray<Entry> found = [.. rows.Skip(query.Offset).Take(query.Limit + 1)];
        return found.Length > query.Limit ? new Page(found[..query.Limit], true) : new Page(found, false);

        object? Value(Entry row, FieldView field)
            => (ReferenceEquals(row.Kind, kind) ? field.Field : row.Kind.Find(field.Name)) is { } own ? pieces.ValueOf(call, row, own) : null;
    }

    private sealed class ValueOrder : IComparer<object?>
    {
        public static ValueOrder Instance { get; } = new();

        public int Compare(object? x, object? y) => (x, y) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            (int a, int b) => a.CompareTo(b),
            _ => Condition.Compare(x, y) ?? 0,
        };
    }
}
