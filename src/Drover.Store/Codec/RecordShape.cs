using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Drover.Model.Kernel;

namespace Drover.Store.Codec;

/// <summary>One stored property of a record.</summary>
/// <param name="Name">The property's name in camel case.</param>
/// <param name="Type">How its values are written: "number", "text", "list of number", the name of a record and so on.</param>
/// <param name="Secret">True where history must not show it.</param>
internal sealed record MemberShape(string Name, string Type, PropertyInfo Property, bool Secret);

/// <summary>A record type as the store knows it: its name in the data and its stored properties.</summary>
internal sealed class RecordShape
{
    private static readonly Dictionary<Type, string> Simple = new()
    {
        [typeof(long)] = "number",
        [typeof(int)] = "number",
        [typeof(bool)] = "bool",
        [typeof(double)] = "float",
        [typeof(string)] = "text",
        [typeof(DateTimeOffset)] = "time",
        [typeof(RawJson)] = "json",
    };

    private RecordShape(Type type)
    {
        ClrType = type;
        Name = NameOf(type);
        Members = [.. type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is not null && property.GetMethod is not null && property.GetIndexParameters().Length == 0)
            .Select(property => new MemberShape(Camel(property.Name), TypeOf(property.PropertyType), property, IsSecret(property)))
            .OrderBy(member => member.Name, StringComparer.Ordinal)];
    }

    public Type ClrType { get; }

    public string Name { get; }

    public ImmutableArray<MemberShape> Members { get; }

    /// <summary>The shapes of all records that the kinds of a catalog hold, by name.</summary>
    public static ImmutableArray<RecordShape> All(Catalog catalog)
    {
        var found = new Dictionary<Type, RecordShape>();
        var open = new Queue<Type>(catalog.Kinds.Where(kind => !kind.Declared.IsView).SelectMany(kind => new[] { kind.ClrType, kind.SeenType }));
        while (open.TryDequeue(out var type))
        {
            if (found.ContainsKey(type)) continue;
            found[type] = new RecordShape(type);
            foreach (var member in found[type].Members)
                if (Leaf(member.Property.PropertyType) is var leaf && !Simple.ContainsKey(leaf))
                    open.Enqueue(leaf);
        }

        return [.. found.Values.OrderBy(shape => shape.Name, StringComparer.Ordinal)];
    }

    /// <summary>The name of a record type in the data.</summary>
    public static string NameOf(Type type)
        => type.GetCustomAttribute<KindAttribute>(inherit: false)?.Name
            ?? type.GetCustomAttribute<StructAttribute>(inherit: false)?.Name
            ?? Camel(type.Name);

    private static string TypeOf(Type type)
    {
        if (ClrTypes.ElementOf(type) is { } element) return $"list of {TypeOf(element)}";
        if (ClrTypes.ValueOf(type) is { } value) return $"map of {TypeOf(value)}";
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (Simple.TryGetValue(bare, out var name)) return name;
        if (bare.IsClass && bare.GetMethod("<Clone>$") is not null) return NameOf(bare);
        throw new NotSupportedException($"the store has no codec for {type}: add one in Drover.Store/Codec or use a record, EquatableArray or EquatableMap");
    }

    private static Type Leaf(Type type)
        => ClrTypes.ElementOf(type) is { } element ? Leaf(element)
            : ClrTypes.ValueOf(type) is { } value ? Leaf(value)
            : Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsSecret(PropertyInfo property)
        => property.GetCustomAttribute<FieldAttribute>()?.Secret is true
            || property.Name.Contains("Secret", StringComparison.Ordinal) && property.PropertyType == typeof(string);

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
