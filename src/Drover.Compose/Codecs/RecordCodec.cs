using System.Text.Json.Nodes;
using Drover.Compose.Yaml;

namespace Drover.Compose.Codecs;

/// <summary>One key of a file, the field of the API that it sets, and how the value is written in both.</summary>
/// <param name="Name">The key in the file.</param>
/// <param name="Wire">The field in the API.</param>
/// <param name="Codec">How the value is written in both.</param>
/// <param name="Required">Whether a record without the key is refused.</param>
/// <param name="Default">The API's default as JSON text, which says as much as no value at all; null where there is none.</param>
internal sealed record ComposeKey(string Name, string Wire, Codec Codec, bool Required = false, string? Default = null)
{
    /// <summary>The API's value, or null where the file says no more than the default.</summary>
    public JsonNode? Read(YamlNode node, Spot spot) => Codec.Read(node, spot) is { } value && !SaysNothing(value) ? value : null;

    /// <summary>The entry of the file for a field of this record, or null where there is nothing to say.</summary>
    public YamlEntry? Write(JsonObject record) =>
        record[Wire] is { } value && !SaysNothing(value) && Codec.Write(value) is { } written ? new YamlEntry(Name, Place.None, written) : null;

    private bool SaysNothing(JsonNode value) => Default is not null && value.ToJsonString() == Default;
}

/// <summary>A map with fixed keys; an unknown key is refused.</summary>
internal sealed class RecordCodec(params ComposeKey[] keys) : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (node is YamlScalar { Kind: ScalarKind.Null })
            return null;
        if (node is not YamlMap map)
        {
            spot.WrongType(node, "a map");
            return null;
        }

        var record = new JsonObject();
        foreach (var entry in map.Entries)
        {
            if (Array.Find(keys, key => key.Name == entry.Key || key.Wire == entry.Key) is { } key)
                Put(record, key.Wire, key.Read(entry.Value, spot.Child(entry.Key)));
            else
                UnknownKey.Refuse(entry, spot, keys.Select(known => known.Name));
        }

        foreach (var key in keys.Where(key => key.Required && map.Find(key.Name) is null && map.Find(key.Wire) is null))
            spot.Child(key.Name).Refuse(map, ComposeCodes.MissingRequired, "is required");
        return record.Count > 0 ? record : null;
    }

    public override YamlNode? Write(JsonNode value)
    {
        if (value is not JsonObject record)
            return null;
        var entries = new List<YamlEntry>();
        foreach (var key in keys.DistinctBy(key => key.Wire))
        {
            if (key.Write(record) is { } entry)
                entries.Add(entry);
        }

        return entries.Count > 0 ? new YamlMap(Place.None, entries) : null;
    }

    private static void Put(JsonObject record, string wire, JsonNode? value)
    {
        if (value is not null)
            record[wire] = value;
    }
}

/// <summary>A list of values of one kind.</summary>
internal sealed class ListOfCodec(Codec item) : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (node is YamlScalar { Kind: ScalarKind.Null })
            return null;
        if (node is not YamlList list)
        {
            spot.WrongType(node, "a list");
            return null;
        }

        var values = new JsonArray();
        for (var index = 0; index < list.Items.Count; index++)
        {
            if (item.Read(list.Items[index], spot.Item(index)) is { } value)
                values.Add(value);
        }

        return values.Count > 0 ? values : null;
    }

    public override YamlNode? Write(JsonNode value)
    {
        if (value is not JsonArray { Count: > 0 } list)
            return null;
        return new YamlList(Place.None, [.. list.Select(one => one is null ? null : item.Write(one)).OfType<YamlNode>()]);
    }
}

/// <summary>A value that the file may have and that has no effect here.</summary>
internal sealed class IgnoredCodec : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        spot.Warn(node, ComposeCodes.IgnoredKey, "has no effect here");
        return null;
    }

    public override YamlNode? Write(JsonNode value) => null;
}
