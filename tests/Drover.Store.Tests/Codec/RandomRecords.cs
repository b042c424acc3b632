using System.Reflection;
using System.Runtime.CompilerServices;
using Drover.Model.Kernel;

namespace Drover.Store.Tests.Codec;

/// <summary>Records of any declared type with some of their properties set at random.</summary>
internal sealed class RandomRecords(Random random)
{
    private static readonly string[] Texts = ["", "running", "docker:busybox", "ünïcode ✓ 𝄞", "a\0b\nc", new('x', 200), "{\"deep\":[1,2]}"];
    private static readonly long[] Numbers = [0, 1, -1, 127, 128, 65_536, long.MaxValue, long.MinValue];

    public object Of(Type type, int depth = 0)
    {
        var record = type.GetConstructor(Type.EmptyTypes) is { } constructor ? constructor.Invoke(null) : RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null))
            if (random.Next(3) == 0)
                property.SetValue(record, Value(property.PropertyType, depth));
        return record;
    }

    private object? Value(Type type, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } bare) return random.Next(4) == 0 ? null : Value(bare, depth);
        if (type == typeof(long)) return Numbers[random.Next(Numbers.Length)];
        if (type == typeof(int)) return random.Next(-5, 5);
        if (type == typeof(bool)) return random.Next(2) == 0;
        if (type == typeof(double)) return random.Next(3) == 0 ? 0.0 : random.NextDouble() * 100;
        if (type == typeof(string)) return random.Next(8) == 0 ? null : Texts[random.Next(Texts.Length)];
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(0, TimeSpan.TicksPerDay * 30_000));
        if (type == typeof(RawJson)) return random.Next(4) == 0 ? null : new RawJson($"{{\"n\":{random.Next(100)}}}");
        if (ClrTypes.ElementOf(type) is { } element) return Call(nameof(Array), element, depth);
        if (ClrTypes.ValueOf(type) is { } value) return Call(nameof(Map), value, depth);
        return depth > 2 || random.Next(4) == 0 ? null : Of(type, depth + 1);
    }

    private object? Call(string method, Type argument, int depth)
        => GetType().GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(argument).Invoke(this, [depth]);

    private EquatableArray<T> Array<T>(int depth)
        => random.Next(4) == 0 ? default : Enumerable.Range(0, random.Next(3)).Select(_ => Some<T>(depth)).ToEquatableArray();

    private EquatableMap<T> Map<T>(int depth)
        => random.Next(4) == 0 ? default : Enumerable.Range(0, random.Next(3)).Select(i => KeyValuePair.Create($"key.{i}", Some<T>(depth))).ToEquatableMap();

    private T Some<T>(int depth) => (T)(Value(typeof(T), depth) ?? (typeof(T) == typeof(string) ? "text" : Of(typeof(T), depth + 1)));
}
