using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace Drover.Model.Kernel;

/// <summary>The catalog of kinds and nested types: everything the API, the store and the clients derive from.</summary>
public sealed class Catalog
{
    private readonly FrozenDictionary<string, Kind> _kinds;
    private readonly FrozenDictionary<string, Kind> _kindsByWord;
    private readonly FrozenDictionary<Type, Kind> _kindsByType;
    private readonly FrozenDictionary<string, StructShape> _structs;

    /// <param name="kinds">Record types with <see cref="KindAttribute"/>.</param>
    /// <param name="structs">Record types with <see cref="StructAttribute"/>.</param>
    public Catalog(IEnumerable<Type> kinds, IEnumerable<Type> structs)
    {
        Kinds = [.. kinds.Select(t => new Kind(t, t.GetCustomAttribute<KindAttribute>()!)).OrderBy(k => k.Name, StringComparer.Ordinal)];
        Structs = [.. structs.Select(t => new StructShape(t, t.GetCustomAttribute<StructAttribute>()!)).OrderBy(s => s.Name, StringComparer.Ordinal)];
        _kinds = Kinds.ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);
        _kindsByType = Kinds.ToFrozenDictionary(k => k.ClrType);
        _structs = Structs.ToFrozenDictionary(s => s.Name, StringComparer.Ordinal);
        _kindsByWord = Kinds
            .SelectMany(k => new[] { (Word: k.Name, Kind: k), (Word: k.Plural, Kind: k) })
            .GroupBy(x => x.Word.ToLowerInvariant(), x => x.Kind)
            .ToFrozenDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }

    /// <summary>All that Drover declares.</summary>
    public static Catalog All { get; } = new(Declared<KindAttribute>(), Declared<StructAttribute>());

    public ImmutableArray<Kind> Kinds { get; }

    public ImmutableArray<StructShape> Structs { get; }

    public Kind? FindKind(string name) => _kinds.GetValueOrDefault(name);

    public StructShape? FindStruct(string name) => _structs.GetValueOrDefault(name);

    /// <summary>The kind or nested type of a name; null where none is declared.</summary>
    public Shape? FindShape(string name) => (Shape?)FindKind(name) ?? FindStruct(name);

    /// <summary>The kind of a path segment: singular or plural, any letter case.</summary>
    public Kind? FindByWord(string word) => _kindsByWord.GetValueOrDefault(word.ToLowerInvariant());

    public Kind Of(Type record) => _kindsByType[record];

    public Kind Of<T>()
        where T : Resource
        => _kindsByType[typeof(T)];

    public Kind Of(Resource resource) => _kindsByType[resource.GetType()];

    /// <summary>The kinds of one family.</summary>
    public IEnumerable<Kind> Family(string family) => Kinds.Where(k => k.Family == family);

    private static IEnumerable<Type> Declared<TAttribute>()
        where TAttribute : Attribute
        => typeof(Catalog).Assembly.GetTypes().Where(t => !t.IsAbstract && t.GetCustomAttribute<TAttribute>(inherit: false) is not null);
}
