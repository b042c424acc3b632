using System.Collections.Frozen;
using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Server.Processes;

/// <summary>The processes that the life cycles declare, such as `service.upgrade`: their names, and which of them a change of states began (OPS-05).</summary>
public static class ProcessNames
{
    /// <summary>The action of what brings an object back that had settled: a host that does not answer, a container that ended.</summary>
    public const string Reconcile = "reconcile";

    /// <summary>The roots of the families that have states and are stored, in the order of their names; a family's place here is part of ids.</summary>
    public static ImmutableArray<Kind> Families { get; } =
    [
        .. Catalog.All.Kinds.Where(IsDriven).GroupBy(kind => kind.Family, StringComparer.Ordinal).OrderBy(family => family.Key, StringComparer.Ordinal)
            .Select(family => Catalog.All.FindKind(family.Key) ?? family.First()),
    ];

    /// <summary>The actions of all life cycles; a process keeps the place of its own.</summary>
    public static ImmutableArray<string> Actions { get; } =
        [.. Catalog.All.Kinds.Where(IsDriven).SelectMany(kind => kind.Lifecycle!.Transitions).Select(transition => transition.Action).Append(Reconcile).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static readonly FrozenDictionary<string, byte> ActionPlaces = Actions.Select((action, place) => (action, place)).ToFrozenDictionary(x => x.action, x => (byte)x.place, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Kind, int> FamilyPlaces = Catalog.All.Kinds.Where(IsDriven)
        .ToFrozenDictionary(kind => kind, kind => Families.Select(root => root.Family).ToList().IndexOf(kind.Family));

    private static readonly FrozenDictionary<(Lifecycle, string From, string Through), byte> Begun = Catalog.All.Kinds.Where(IsDriven).Select(kind => kind.Lifecycle!).Distinct()
        .SelectMany(cycle => cycle.Transitions.SelectMany(transition => transition.From.Select(move => (Key: (cycle, move.From, move.Through), transition.Action))))
        .GroupBy(x => x.Key, x => x.Action).ToFrozenDictionary(moves => moves.Key, moves => ActionPlaces[moves.First()]);

    /// <summary>The place of a kind's family in <see cref="Families"/>; -1 for kinds without states.</summary>
    public static int FamilyOf(Kind kind) => FamilyPlaces.GetValueOrDefault(kind, -1);

    /// <summary>The place of an action in <see cref="Actions"/>.</summary>
    public static byte PlaceOf(string action) => ActionPlaces[action];

    /// <summary>"service.upgrade" for a family and an action.</summary>
    public static string Of(int family, byte action) => $"{Families[family].Family}.{Actions[action]}";

    /// <summary>The action that a commit asked for, by the states before and after it.</summary>
    /// <param name="before">The object before; null where the commit created it.</param>
    /// <param name="after">The object in its through-state.</param>
    public static byte Asked(Entry? before, Entry after)
    {
        if (before is null) return ActionPlaces["create"];
        var (from, through) = (before.State ?? "", after.Wanted.State ?? "");
        return Begun.TryGetValue((after.Kind.Lifecycle!, from, through), out var action) ? action : Leading(after.Kind.Lifecycle!, through);
    }

    /// <summary>The action that an object is in the middle of, by its state alone: what is known after a start.</summary>
    public static byte UnderWay(Entry entry)
        => entry.Seen.Generation >= entry.Wanted.Generation ? ActionPlaces[Reconcile]
            : entry.Wanted.Generation <= 1 && !entry.Wanted.RemoveRequested ? ActionPlaces["create"]
            : Leading(entry.Kind.Lifecycle!, entry.Wanted.State ?? "");

    private static byte Leading(Lifecycle cycle, string through)
        => ActionPlaces[cycle.Transitions.FirstOrDefault(transition => transition.From.Any(move => move.Through == through))?.Action ?? Reconcile];

    private static bool IsDriven(Kind kind) => kind is { Lifecycle: not null, IsBase: false, Declared.IsView: false };
}
