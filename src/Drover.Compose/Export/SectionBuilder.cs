using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Yaml;

namespace Drover.Compose.Export;

/// <summary>Gathers the entries of a map in the order in which they are to stand; what says nothing is left out.</summary>
internal sealed class SectionBuilder
{
    private readonly List<YamlEntry> _entries = [];

    public bool IsEmpty => _entries.Count == 0;

    public YamlMap Map => new(Place.None, [.. _entries]);

    public void Add(string name, YamlNode? value)
    {
        if (value is not null)
            _entries.Add(new YamlEntry(name, Place.None, value));
    }

    /// <summary>Adds a field of the API under its key, written by a codec.</summary>
    public void Add(string name, Codec codec, JsonNode? value)
    {
        if (value is not null)
            Add(name, codec.Write(value));
    }

    public void Add(string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            Add(name, new YamlScalar(Place.None, text, plain: false));
    }

    public void Add(string name, IEnumerable<string> texts)
    {
        var items = texts.Select(text => new YamlScalar(Place.None, text, plain: false)).ToList();
        if (items.Count > 0)
            Add(name, new YamlList(Place.None, items));
    }

    public void Add(IEnumerable<ComposeKey> keys, JsonObject record)
    {
        foreach (var entry in keys.Select(key => key.Write(record)).OfType<YamlEntry>())
            _entries.Add(entry);
    }
}
