namespace Drover.Compose.Yaml;

/// <summary>Where a node begins: the file's name, and line and column from 1 (0 for a node that comes from no file).</summary>
public readonly record struct Place(string File, int Line, int Column)
{
    public static Place None { get; } = new("", 0, 0);
}

/// <summary>A node of a YAML file that knows its place; immutable, and shared where the file has aliases.</summary>
public abstract class YamlNode(Place place)
{
    public Place Place { get; } = place;

    /// <summary>The number of nodes under and including this one, each alias counted in full.</summary>
    public abstract long Size { get; }

    /// <summary>What it is, for messages: <c>a text</c>, <c>a list</c>, <c>a map</c>.</summary>
    public abstract string Shape { get; }
}

/// <summary>A list of nodes.</summary>
public sealed class YamlList(Place place, IReadOnlyList<YamlNode> items) : YamlNode(place)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;
    public override long Size { get; } = 1 + items.Sum(item => item.Size);
    public override string Shape => "a list";
}

/// <summary>One key of a map, where it stands, and its value.</summary>
public sealed record YamlEntry(string Key, Place KeyPlace, YamlNode Value);

/// <summary>A map with text keys in the order of the file, merge keys already applied.</summary>
public sealed class YamlMap(Place place, IReadOnlyList<YamlEntry> entries) : YamlNode(place)
{
    private readonly Dictionary<string, YamlNode> _byKey = entries.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    public IReadOnlyList<YamlEntry> Entries { get; } = entries;
    public override long Size { get; } = 1 + entries.Sum(entry => 1 + entry.Value.Size);
    public override string Shape => "a map";

    /// <summary>The value of the key, or null where it is absent; an explicit YAML null is a scalar.</summary>
    public YamlNode? Find(string key) => _byKey.GetValueOrDefault(key);
}
