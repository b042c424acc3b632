using System.Globalization;
using System.Text.Json.Nodes;
using Drover.Compose.Yaml;

namespace Drover.Compose.Codecs;

/// <summary>Texts by name: a map, or a list of <c>name=text</c>; a name alone has empty text.</summary>
internal sealed class TextMapCodec : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        var texts = new JsonObject();
        foreach (var (name, value) in Entries(node, spot))
            texts[name] = value ?? "";
        return texts.Count > 0 ? texts : null;
    }

    public override YamlNode? Write(JsonNode value)
    {
        if (value is not JsonObject { Count: > 0 } map)
            return null;
        return new YamlMap(Place.None, [.. map.Select(entry => new YamlEntry(entry.Key, Place.None, Quoted(entry.Value?.ToString() ?? "")))]);
    }

    /// <summary>The pairs of the node in the order of the file; a name without any value has null.</summary>
    public static IEnumerable<(string Name, string? Value)> Entries(YamlNode node, Spot spot)
    {
        if (node is YamlMap map)
            return MapEntries(map, spot);
        if (node is YamlList list)
            return ListEntries(list, spot);
        if (node is not YamlScalar { Kind: ScalarKind.Null })
            spot.WrongType(node, "a map or a list of name=value");
        return [];
    }

    private static IEnumerable<(string, string?)> MapEntries(YamlMap map, Spot spot)
    {
        foreach (var entry in map.Entries)
        {
            if (entry.Value is YamlScalar scalar)
                yield return (entry.Key, scalar.Kind == ScalarKind.Null ? null : ScalarText.Of(scalar));
            else
                spot.Child(entry.Key).WrongType(entry.Value, "text");
        }
    }

    private static IEnumerable<(string, string?)> ListEntries(YamlList list, Spot spot)
    {
        for (var index = 0; index < list.Items.Count; index++)
        {
            if (list.Items[index] is not YamlScalar { Kind: not ScalarKind.Null } item)
            {
                spot.Item(index).WrongType(list.Items[index], "name=value");
                continue;
            }

            var equals = item.Text.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? item.Text : item.Text[..equals];
            if (name.Length == 0)
                spot.Item(index).Refuse(item, ComposeCodes.InvalidFormat, "has no name before '='");
            else
                yield return (name, equals < 0 ? null : item.Text[(equals + 1)..]);
        }
    }
}

/// <summary>Any tree of values, typed as YAML reads them.</summary>
internal sealed class JsonCodec : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot) => node switch
    {
        YamlList list => new JsonArray([.. list.Items.Select(item => Read(item, spot))]),
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Read(entry.Value, spot)))),
        YamlScalar scalar => Scalar(scalar),
        _ => null,
    };

    public override YamlNode? Write(JsonNode value) => Tree(value);

    private static JsonValue? Scalar(YamlScalar scalar) => scalar.Kind switch
    {
        ScalarKind.Null => null,
        ScalarKind.Boolean => JsonValue.Create(YamlScalar.Boolean(scalar.Text)!.Value),
        ScalarKind.Integer => JsonValue.Create(YamlScalar.Integer(scalar.Text)!.Value),
        ScalarKind.Float => JsonValue.Create(YamlScalar.Number(scalar.Text)!.Value),
        _ => JsonValue.Create(scalar.Text),
    };

    private static YamlNode Tree(JsonNode? value)
    {
        if (value is JsonArray list)
            return new YamlList(Place.None, [.. list.Select(Tree)]);
        if (value is JsonObject map)
            return new YamlMap(Place.None, [.. map.Select(entry => new YamlEntry(entry.Key, Place.None, Tree(entry.Value)))]);
        if (value is not JsonValue scalar)
            return Plain("null");
        if (scalar.TryGetValue<string>(out var text))
            return Quoted(text);
        if (scalar.TryGetValue<bool>(out var boolean))
            return Plain(boolean ? "true" : "false");
        if (IntegerCodec.NumberOf(scalar) is { } whole)
            return Plain(whole.ToString(CultureInfo.InvariantCulture));
        var number = scalar.GetValue<double>().ToString("R", CultureInfo.InvariantCulture);
        return Plain(YamlScalar.KindOf(number) == ScalarKind.Float ? number : number + ".0");
    }
}
