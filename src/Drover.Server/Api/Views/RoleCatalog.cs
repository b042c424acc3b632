using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Server.Api.Rendering;

namespace Drover.Server.Api.Views;

/// <summary>The schemas of one role: which types, fields, methods, actions and links it sees.</summary>
public sealed class RoleCatalog
{
    private readonly Catalog _catalog;
    private readonly Dictionary<string, KindView> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShapeView> _structs = new(StringComparer.Ordinal);

    public RoleCatalog(Catalog catalog, LinkTable links, Roles role)
    {
        _catalog = catalog;
        Role = role;
        foreach (var kind in catalog.Kinds)
            if (kind.MethodsOf(role).Length > 0)
                _kinds.Add(kind.Name, new KindView(kind, role));
        foreach (var shape in catalog.Structs)
            if (shape.Methods.Of(role).Length > 0)
                _structs.Add(shape.Name, new ShapeView(shape));
        foreach (var view in _structs.Values) view.Fill(Fields(view.Shape));
        foreach (var view in _kinds.Values) view.Fill(Fields(view.Shape));
        foreach (var view in _kinds.Values)
            view.Links = links.Of(view, target => _kinds.ContainsKey(target.Name));
        Kinds = [.. _kinds.Values.OrderBy(k => k.Kind.Name, StringComparer.Ordinal)];
        Structs = [.. _structs.Values.OrderBy(s => s.Shape.Name, StringComparer.Ordinal)];
    }

    public Roles Role { get; }

    public ImmutableArray<KindView> Kinds { get; }

    public ImmutableArray<ShapeView> Structs { get; }

    /// <summary>The kind of a path segment or type name, in any letter case; null where the role does not see it.</summary>
    public KindView? FindByWord(string word)
        => _catalog.FindByWord(word) is { } kind ? _kinds.GetValueOrDefault(kind.Name) : null;

    public KindView? Find(Kind kind) => _kinds.GetValueOrDefault(kind.Name);

    /// <summary>A kind or nested type; null where the role does not see it.</summary>
    public ShapeView? FindShape(string name)
        => _kinds.TryGetValue(name, out var kind) ? kind : _structs.GetValueOrDefault(name);

    /// <summary>A nested type by name or plural, in any letter case.</summary>
    public ShapeView? FindShapeByWord(string word)
        => Structs.FirstOrDefault(s => s.Shape.Name.Equals(word, StringComparison.OrdinalIgnoreCase) || (s.Shape.Name + "s").Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The form in which an object of a kind is shown: its own kind, else the base type of its family.</summary>
    public KindView? Shown(Kind kind)
        => Find(kind) ?? _kinds.GetValueOrDefault(kind.BaseType) ?? _kinds.GetValueOrDefault(kind.Family);

    private IEnumerable<FieldView> Fields(Shape shape)
    {
        foreach (var field in shape.Fields)
        {
            var access = field.Access.Of(Role);
            if (access == Access.None || !Sees(field.Type)) continue;
            yield return new FieldView(field, access, ValueWriter.For(field.Type, _catalog, FindShape));
        }
    }

    /// <summary>False for references to, and collections of, types that the role does not see; 1.6 leaves a field of the very type alone.</summary>
    private bool Sees(WireType type)
    {
        if (type.IsStruct) return true;
        if (_catalog.FindKind(type.Leaf) is { } kind) return _kinds.ContainsKey(kind.Name);
        return _catalog.FindStruct(type.Leaf) is null || _structs.ContainsKey(type.Leaf);
    }
}
