using System.Collections.Concurrent;
using System.Reflection;
using Drover.Model.Kernel;

namespace Drover.Server.Api.Binding;

/// <summary>Builds the equatable collections of a property's type from values that are known at run time only.</summary>
internal static class CollectionFactory
{
    private static readonly ConcurrentDictionary<Type, Func<List<object?>, object>> Arrays = new();
    private static readonly ConcurrentDictionary<Type, Func<List<KeyValuePair<string, object?>>, object>> Maps = new();

    public static object Array(Type element, List<object?> items)
        => Arrays.GetOrAdd(element, type => Of<Func<List<object?>, object>>(nameof(ArrayOf), type))(items);

    public static object Map(Type value, List<KeyValuePair<string, object?>> entries)
        => Maps.GetOrAdd(value, type => Of<Func<List<KeyValuePair<string, object?>>, object>>(nameof(MapOf), type))(entries);

    private static TDelegate Of<TDelegate>(string method, Type argument)
        where TDelegate : Delegate
        => typeof(CollectionFactory).GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.MakeGenericMethod(argument).CreateDelegate<TDelegate>();

    public static object ArrayOf<T>(List<object?> items) => new EquatableArray<T>([.. items.Select(item => (T)item!)]);

    public static object MapOf<T>(List<KeyValuePair<string, object?>> entries)
        => new EquatableMap<T>(entries.Select(e => KeyValuePair.Create(e.Key, (T)e.Value!)));
}
