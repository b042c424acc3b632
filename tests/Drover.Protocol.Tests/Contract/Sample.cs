using System.Collections;
using System.Reflection;
using Drover.Model.Kernel;

namespace Drover.Protocol.Tests.Contract;

/// <summary>A value of any type of a message with everything in it set.</summary>
internal static class Sample
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static object Of(Type type, string name = "")
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string)) return name.Length == 0 ? "text" : name;
        if (plain == typeof(bool)) return true;
        if (plain == typeof(int)) return 3;
        if (plain == typeof(long)) return 7L;
        if (plain == typeof(DateTimeOffset)) return Time;
        if (plain == typeof(RawJson)) return new RawJson("""{"any":[1,null]}""");
        if (plain.IsEnum) return Enum.GetValues(plain).GetValue(Enum.GetValues(plain).Length - 1)!;
        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(EquatableArray<>)) return ArrayOf(plain);
        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(EquatableMap<>)) return MapOf(plain);
        return Record(plain);
    }

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors().OrderBy(one => one.GetParameters().Length).Last();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType, parameter.Name!))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && constructor.GetParameters().All(parameter => parameter.Name != property.Name)))
            property.SetValue(made, Of(property.PropertyType, property.Name));
        return made;
    }

    private static object ArrayOf(Type type)
    {
        var item = type.GetGenericArguments()[0];
        var items = Array.CreateInstance(item, 1);
        items.SetValue(Of(item), 0);
        var create = typeof(EquatableArray).GetMethod(nameof(EquatableArray.ToEquatableArray), BindingFlags.Public | BindingFlags.Static)!;
        return create.MakeGenericMethod(item).Invoke(null, [items])!;
    }

    private static object MapOf(Type type)
    {
        var value = type.GetGenericArguments()[0];
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), value))!;
        map.Add("key", Of(value));
        return Activator.CreateInstance(type, map)!;
    }
}
