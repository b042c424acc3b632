using System.Reflection;
using System.Text.Json;

namespace Drover.Model.Kernel;

/// <summary>How .NET types of properties stand for wire types.</summary>
public static class ClrTypes
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The wire type that follows from a property's type and its <see cref="RefAttribute"/>.</summary>
    public static string WireTypeOf(PropertyInfo property)
        => WireTypeOf(property.PropertyType, property.GetCustomAttribute<RefAttribute>()?.Kind);

    /// <summary>The properties of a record that it shows, flattened groups too. Its own stand in for inherited ones that show the same name.</summary>
    public static IEnumerable<PropertyInfo> Shown(Type record)
        => record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.IsDefined(typeof(FieldAttribute)) || property.IsDefined(typeof(FlattenAttribute)))
            .OrderByDescending(property => property.DeclaringType == record)
            .DistinctBy(NameOf, StringComparer.Ordinal);

    /// <summary>The name of a property on the wire.</summary>
    public static string NameOf(PropertyInfo property) => property.GetCustomAttribute<FieldAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>The element type of an <see cref="EquatableArray{T}"/>; null for other types.</summary>
    public static Type? ElementOf(Type type) => Argument(type, typeof(EquatableArray<>));

    /// <summary>The value type of an <see cref="EquatableMap{T}"/>; null for other types.</summary>
    public static Type? ValueOf(Type type) => Argument(type, typeof(EquatableMap<>));

    /// <summary>True where null (or "not set") is a value of the property.</summary>
    public static bool AllowsNull(PropertyInfo property)
    {
        var type = property.PropertyType;
        if (type.IsValueType)
            return System.Nullable.GetUnderlyingType(type) is not null || ElementOf(type) is not null || ValueOf(type) is not null;
        lock (Nullability) return Nullability.Create(property).WriteState != NullabilityState.NotNull;
    }

    private static string WireTypeOf(Type type, string? reference)
    {
        if (ElementOf(type) is { } element) return $"array[{WireTypeOf(element, reference)}]";
        if (ValueOf(type) is { } value) return $"map[{WireTypeOf(value, reference)}]";
        type = System.Nullable.GetUnderlyingType(type) ?? type;
        if (reference is not null && type == typeof(long)) return $"reference[{reference}]";
        if (type == typeof(long) || type == typeof(int)) return "int";
        if (type == typeof(bool)) return "boolean";
        if (type == typeof(string)) return "string";
        if (type == typeof(double)) return "float";
        if (type == typeof(DateTimeOffset)) return "date";
        if (type == typeof(RawJson)) return "json";
        return type.GetCustomAttribute<StructAttribute>()?.Name
            ?? type.GetCustomAttribute<KindAttribute>()?.Name
            ?? throw new InvalidOperationException($"{type} stands for no wire type");
    }

    private static Type? Argument(Type type, Type definition)
        => type.IsGenericType && type.GetGenericTypeDefinition() == definition ? type.GetGenericArguments()[0] : null;
}
