using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Seams;

/// <summary>All pieces of all kinds, found by the kind they belong to. Filled once at start.</summary>
public sealed class KindPieces
{
    private readonly Dictionary<(Type, string), List<IKindPiece>> _byKind = [];
    private readonly Dictionary<(string Kind, string Field), IViewField> _fields = [];
    private readonly Dictionary<(string Kind, string Action), IKindAction> _actions = [];
    private readonly ConcurrentDictionary<(Type Seam, Kind Kind), Array> _ofKind = new();
    private readonly ConcurrentDictionary<Field, IViewField?> _views = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<Kind, IRowFilter[]> _rowFilters = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<Kind, IListFilter[]> _listFilters = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<(KindView View, Kind Kind), ResourcePlan> _plans = new();

    /// <summary>Registers a piece under every seam that it implements.</summary>
    public KindPieces Add(IKindPiece piece)
    {
        if (piece is IViewField field && !_fields.TryAdd((piece.Kind, field.Field), field))
            throw new InvalidOperationException($"Two pieces compute {piece.Kind}.{field.Field}");
        if (piece is IKindAction action && !_actions.TryAdd((piece.Kind, action.Action), action))
            throw new InvalidOperationException($"Two pieces answer {piece.Kind}.{action.Action}");
        _ofKind.Clear();
        foreach (var seam in piece.GetType().GetInterfaces().Where(i => i != typeof(IKindPiece) && typeof(IKindPiece).IsAssignableFrom(i)))
        {
            if (!_byKind.TryGetValue((seam, piece.Kind), out var list)) _byKind[(seam, piece.Kind)] = list = [];
            list.Add(piece);
        }

        return this;
    }

    /// <summary>The value of a field, stored or computed.</summary>
    public object? ValueOf(ApiCall call, Entry entry, Field field)
        => ComputedBy(entry.Kind, field) is { } view ? view.Value(call, entry) : entry.Value(field);

    /// <summary>True where a piece computes the field, also in place of a stored value.</summary>
    public bool Computes(Kind kind, Field field) => ComputedBy(kind, field) is not null;

    /// <summary>What computes a field of a kind; null where the stored value is shown.</summary>
    public IViewField? ComputedBy(Kind kind, Field field)
        => _views.GetOrAdd(field, static (f, at) => at.Pieces.FindField(at.Kind, f.Name), (Pieces: this, Kind: kind));

    /// <summary>True where a piece or the life cycle runs the action.</summary>
    public bool CanRun(Kind kind, ActionView action) => action.IsProcess || FindAction(kind, action.Name) is not null;

    public bool Shows(Caller caller, Entry entry)
    {
        foreach (var filter in _rowFilters.GetOrAdd(entry.Kind, static (kind, pieces) => [.. pieces.Of<IRowFilter>(kind)], this))
            if (!filter.Shows(caller, entry))
                return false;
        return true;
    }

    public bool Lists(ApiCall call, Entry entry)
    {
        foreach (var filter in _listFilters.GetOrAdd(entry.Kind, static (kind, pieces) => [.. pieces.Of<IListFilter>(kind)], this))
            if (!filter.Lists(call, entry))
                return false;
        return true;
    }

    /// <summary>What answers show of the objects of a kind in a form of a role.</summary>
    public ResourcePlan PlanOf(RoleCatalog catalog, KindView view, Kind kind)
        => _plans.GetOrAdd((view, kind), static (key, of) => new ResourcePlan(of.catalog, key.View, key.Kind, of.pieces), (catalog, pieces: this));

    /// <summary>Every piece that was registered.</summary>
    public IEnumerable<IKindPiece> All => _byKind.Values.SelectMany(list => list).Distinct();

    /// <summary>The row that stands for an object in answers.</summary>
    public Entry Shown(ApiCall call, Entry entry) => Of<IShownAs>(entry.Kind).FirstOrDefault()?.Show(call, entry) ?? entry;

    /// <summary>The links of the object that are computed when they are followed.</summary>
    public IEnumerable<IKindLink> LinksOf(ApiCall call, Entry entry) => Of<IKindLink>(entry.Kind).Where(link => link.Shows(call, entry));

    public IKindAction? FindAction(Kind kind, string action)
        => _actions.GetValueOrDefault((kind.Name, action)) ?? _actions.GetValueOrDefault((kind.Family, action));

    public IViewKind? ViewOf(Kind kind) => Of<IViewKind>(kind).FirstOrDefault();

    /// <summary>The pieces of one seam for a kind: its own and its family's.</summary>
    public ImmutableArray<T> Of<T>(Kind kind)
        where T : class, IKindPiece
        => ImmutableCollectionsMarshal.AsImmutableArray((T[])_ofKind.GetOrAdd((typeof(T), kind), static (key, pieces) => pieces.Find<T>(key.Kind), this));

    private T[] Find<T>(Kind kind)
        where T : class, IKindPiece
    {
        var own = _byKind.GetValueOrDefault((typeof(T), kind.Name), []);
        var family = kind.Family == kind.Name ? [] : _byKind.GetValueOrDefault((typeof(T), kind.Family), []);
        return [.. own.Concat(family).Cast<T>()];
    }

    private IViewField? FindField(Kind kind, string field)
        => _fields.GetValueOrDefault((kind.Name, field)) ?? _fields.GetValueOrDefault((kind.Family, field));
}
