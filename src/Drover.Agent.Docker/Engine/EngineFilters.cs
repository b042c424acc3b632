using System.Collections.Immutable;
using System.Text.Json;

namespace Drover.Agent.Docker.Engine;

/// <summary>
/// What a list or a stream of events is narrowed to. Values of one name are alternatives (but labels, which must all be
/// there); different names must all hold.
/// </summary>
public sealed class EngineFilters
{
    public static readonly EngineFilters None = new(ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty);

    private readonly ImmutableSortedDictionary<string, ImmutableArray<string>> _values;

    private EngineFilters(ImmutableSortedDictionary<string, ImmutableArray<string>> values) => _values = values;

    /// <summary>These filters and one more value, such as <c>label</c>, <c>io.rancher.container.uuid=…</c>.</summary>
    public EngineFilters With(string name, string value) =>
        new(_values.SetItem(name, (_values.TryGetValue(name, out var there) ? there : []).Add(value)));

    /// <summary>These filters and one label that must be there, with this value if one is given.</summary>
    public EngineFilters WithLabel(string key, string? value = null) =>
        With("label", value is null ? key : $"{key}={value}");

    internal string? ToJson() => _values.IsEmpty
        ? null
        : JsonSerializer.Serialize(_values.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()), EngineJson.Default.DictionaryStringStringArray);
}
