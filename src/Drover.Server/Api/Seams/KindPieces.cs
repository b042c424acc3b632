using System.Collections.Concurrent;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Seams;

/// <summary>All pieces of all kinds, found by the kind they belong to. Filled once at start.</summary>
public sealed class KindPieces
{
    private readonly Dictionary<(Type, string), List<IKindPiece>> _byKind = [];
    private readonly Dictionary<(string Kind, string Field), IViewField> _fields = [];
    private readonly Dictionary<(string Kind, string Action), IKindAction> _actions = [];
    private readonly ConcurrentDictionary<Field, IViewField?> _views = new(ReferenceEqualityComparer.Instance);

    /// <summary>Registers a piece under every seam that it implements.</summary>
    public KindPieces Add(IKindPiece piece)
    {
        if (piece is IViewField field && !_fields.TryAdd((piece.Kind, field.Field), field))
            throw new InvalidOperationException($"Two pieces compute {piece.Kind}.{field.Field}");
        if (piece is IKindAction action && !_actions.TryAdd((piece.Kind, action.Action), action))
            throw new InvalidOperationException($"Two pieces answer {piece.Kind}.{action.Action}");
        foreach (var seam in piece.GetType().GetInterfaces().Where(i => i != typeof(IKindPiece) && typeof(IKindPiece).IsAssignableFrom(i)))
        {
            if (!_byKind.TryGetValue((seam, piece.Kind), out var list)) _byKind[(seam, piece.Kind)] = list = [];
            list.Add(piece);
        }

        return this;
    }

    /// <summary>The value of a field, stored or computed.</summary>
    public object? ValueOf(ApiCall call, Entry entry, Field field)
        => _views.GetOrAdd(field, static (f, at) => at.Pieces.FindField(at.Kind, f.Name), (Pieces: this, entry.Kind)) is { } view
            ? view.Value(call, entry)
            : entry.Value(field);

    /// <summary>True where a piece or the life cycle runs the action.</summary>
    public bool CanRun(Kind kind, ActionView action) => action.IsProcess || FindAction(kind, action.Name) is not null;

    public bool Offers(ApiCall call, Entry entry, string action)
        => Of<IActionFilter>(entry.Kind).All(filter => filter.Offers(call, entry, action));

    public bool Shows(Caller caller, Entry entry) => Of<IRowFilter>(entry.Kind).All(filter => filter.Shows(caller, entry));

    public bool Lists(ApiCall call, Entry entry) => Of<IListFilter>(entry.Kind).All(filter => filter.Lists(call, entry));

    /// <summary>Every piece that was registered.</summary>
    public IEnumerable<IKindPiece> All => _byKind.Values.SelectMany(list => list).Distinct();

    public IEnumerable<(string Name, string Url)> ExtraLinks(ApiCall call, Entry entry)
        => Of<IExtraLinks>(entry.Kind).SelectMany(piece => piece.Links(call, entry));

    public IKindAction? FindAction(Kind kind, string action)
        => _actions.GetValueOrDefault((kind.Name, action)) ?? _actions.GetValueOrDefault((kind.Family, action));

    public IViewKind? ViewOf(Kind kind) => Of<IViewKind>(kind).FirstOrDefault();

    /// <summary>The pieces of one seam for a kind: its own and its family's.</summary>
    public IEnumerable<T> Of<T>(Kind kind)
        where T : class, IKindPiece
    {
        if (_byKind.TryGetValue((typeof(T), kind.Name), out var own))
            foreach (var piece in own)
                yield return (T)piece;
        if (kind.Family != kind.Name && _byKind.TryGetValue((typeof(T), kind.Family), out var family))
            foreach (var piece in family)
                yield return (T)piece;
    }

    private IViewField? FindField(Kind kind, string field)
        => _fields.GetValueOrDefault((kind.Name, field)) ?? _fields.GetValueOrDefault((kind.Family, field));
}
