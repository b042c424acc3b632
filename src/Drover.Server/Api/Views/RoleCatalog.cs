using System.Collections.Frozen;
using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.V1;

namespace Drover.Server.Api.Views;

/// <summary>The schemas of one role: which types, fields, methods, actions and links it sees.</summary>
public sealed class RoleCatalog
{
    private readonly Catalog _catalog;
    private readonly Dictionary<string, KindView> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShapeView> _structs = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, KindView> _kindsByWord;

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
        _kindsByWord = Words(Kinds);
        Gather(Kinds);
    }

    /// <summary>The schemas of an older version: other views of the same kinds.</summary>
    internal RoleCatalog(Catalog catalog, Roles role, ImmutableArray<KindView> kinds, ImmutableArray<ShapeView> structs, FrozenSchemas frozen)
    {
        _catalog = catalog;
        Role = role;
        Kinds = kinds;
        Structs = structs;
        Frozen = frozen;
        _kinds = kinds.ToDictionary(view => view.Kind.Name, StringComparer.Ordinal);
        _structs = structs.ToDictionary(view => view.Shape.Name, StringComparer.Ordinal);
        _kindsByWord = Words(kinds);
        Gather(kinds);
    }

    public Roles Role { get; }

    /// <summary>The schemas that are shown in place of those of the kinds; null for the latest version.</summary>
    public FrozenSchemas? Frozen { get; }

    public ImmutableArray<KindView> Kinds { get; }

    public ImmutableArray<ShapeView> Structs { get; }

    /// <summary>The kind of a path segment or type name, in any letter case; null where the role does not see it.</summary>
    public KindView? FindByWord(string word)
        => _kindsByWord.GetValueOrDefault(word.ToLowerInvariant());

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

    private static void Gather(ImmutableArray<KindView> kinds)
    {
        foreach (var family in kinds.GroupBy(view => view.Kind.Family))
            if (family.FirstOrDefault(view => view.Kind.IsRoot) is { } root)
                root.Members = [.. family.Where(view => view != root)];
    }

    private static FrozenDictionary<string, KindView> Words(IEnumerable<KindView> kinds)
        => kinds.SelectMany(view => new[] { (Word: view.Names.Name.ToLowerInvariant(), view), (Word: view.PluralLower, view) })
            .GroupBy(x => x.Word, x => x.view)
            .ToFrozenDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

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
