using System.Collections.Immutable;
using System.Globalization;
using Drover.Model.Kernel;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Queries;

/// <summary>What the parameters of a list ask for: conditions, order, page, include. What is unknown is left out, as in 1.6.</summary>
public sealed record CollectionQuery
{
    /// <summary>Rows per page where nothing is asked.</summary>
    public const int DefaultLimit = 100;

    /// <summary>Rows per page at most.</summary>
    public const int MaxLimit = 3000;

    /// <summary>Conditions by field; all of one field have the same modifier.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<Condition>> Conditions { get; init; } = ImmutableSortedDictionary.Create<string, ImmutableArray<Condition>>(StringComparer.Ordinal);

    public FieldView? Sort { get; init; }

    public bool Descending { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Rows to leave out before the page.</summary>
    public int Offset { get; init; }

    /// <summary>The link to embed; null for none.</summary>
    public LinkView? Include { get; init; }

    /// <summary>True where removed rows are listed too.</summary>
    public bool WithRemoved { get; init; }

    /// <summary>Reads the parameters of a list.</summary>
    public static CollectionQuery Parse(KindView kind, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        var result = new CollectionQuery();
        foreach (var (name, value) in query)
        {
            result = name switch
            {
                "sort" => result with { Sort = kind.FindColumn(value) },
                "order" => result with { Descending = value.Equals("desc", StringComparison.OrdinalIgnoreCase) },
                "limit" => result with { Limit = LimitOf(value) },
                "marker" => result with { Offset = OffsetOf(value) },
                "include" => result with { Include = result.Include ?? kind.FindLink(value) },
                "_removed" => result with { WithRemoved = true },
                _ => result.WithCondition(kind, name, value),
            };
        }

        return result;
    }

    /// <summary>True where removed objects are asked for.</summary>
    public bool AsksForRemoved => WithRemoved || (Conditions.TryGetValue("removed", out var conditions) && !conditions.Any(c => c.Modifier == "null"));

    /// <summary>The conditions that an index of the store can answer; everything that meets all conditions is under each of the keys.</summary>
    public IEnumerable<IndexKey> Keys()
    {
        foreach (var conditions in Conditions.Values)
            foreach (var condition in conditions)
                if (condition.Key is { } key)
                    yield return new IndexKey(condition.Field.Field, key);
    }

    /// <summary>True where a list may be filtered and sorted by the field.</summary>
    public static bool IsFilterable(FieldView? field)
        => field is { Field.Declared.Secret: false } && IsColumn(field.Field);

    /// <summary>True where lists of the kind can be filtered by the field, for those who see it.</summary>
    public static bool IsColumn(Field field) => field.Declared.Filter && Condition.ModifiersOf(field.ComparedAs).Length > 0;

    private CollectionQuery WithCondition(KindView kind, string name, string value)
    {
        var (field, modifier) = (kind.FindColumn(name), "eq");
        if (field is null && name.LastIndexOf('_') is > 0 and var cut)
            (field, modifier) = (kind.FindColumn(name[..cut]), name[(cut + 1)..]);
        if (field is null || !Condition.ModifiersOf(field.Field.ComparedAs).Contains(modifier)) return this;
        var condition = new Condition(field, modifier, value);
        var earlier = Conditions.GetValueOrDefault(field.Name, []);
        if (earlier is [{ Modifier: var before }, ..] && before != modifier) earlier = [];
        return this with { Conditions = Conditions.SetItem(field.Name, earlier.Add(condition)) };
    }

    private static int LimitOf(string text)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit)) return DefaultLimit;
        return limit <= 0 ? MaxLimit : Math.Min(limit, MaxLimit);
    }

    private static int OffsetOf(string marker)
        => marker.StartsWith('m') && int.TryParse(marker.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : 0;
}
