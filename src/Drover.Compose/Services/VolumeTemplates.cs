using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;
using Drover.Compose.Yaml;

namespace Drover.Compose.Services;

/// <summary>Reads the top-level <c>volumes</c> of version 2 into volume templates.</summary>
internal static class VolumeTemplates
{
    /// <summary>What stands under a volume's name; <c>external</c> may also be a map with the volume's real name.</summary>
    private static readonly RecordCodec Record = new(
        new ComposeKey("driver", "driver", Codec.Text),
        new ComposeKey("driver_opts", "driverOpts", Codec.TextMap),
        new ComposeKey("external", "external", new ExternalCodec(), Default: "false"),
        new ComposeKey("per_container", "perContainer", Codec.Boolean, Default: "false"),
        new ComposeKey("name", "name", Codec.Text),
        new ComposeKey("labels", "labels", new IgnoredCodec()));

    /// <summary>The templates, and the real name of each by the name that the file uses.</summary>
    public static (IReadOnlyList<JsonObject> Templates, IReadOnlyDictionary<string, string> Names) Read(ComposeFile? file, Findings findings)
    {
        var templates = new List<JsonObject>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in file?.Volumes?.Entries ?? [])
        {
            var spot = new Spot(KeyPath.Top("volumes").Child(entry.Key), findings);
            var fields = Record.Read(entry.Value, spot) as JsonObject ?? [];
            var name = fields["external"] is JsonValue external && external.TryGetValue<string>(out var real) ? real : fields["name"]?.ToString() ?? entry.Key;
            if (!VolumeSpec.IsName(name))
                spot.Refuse(entry.Value, ComposeCodes.InvalidCharacters, $"'{name}' is not a volume's name (letters, digits, '_', '.', '-')");
            else if (!seen.Add(name))
                spot.Refuse(entry.Value, ComposeCodes.NotUnique, $"the volume '{name}' is described twice");
            names[entry.Key] = name;
            templates.Add(Template(name, fields));
        }

        return (templates, names);
    }

    /// <summary>What stands in the file under the template's name.</summary>
    public static YamlNode Write(JsonObject template)
    {
        var fields = (JsonObject)template.DeepClone();
        fields.Remove("name");
        return Record.Write(fields) ?? new YamlMap(Place.None, []);
    }

    private static JsonObject Template(string name, JsonObject fields)
    {
        var template = new JsonObject { ["name"] = name };
        foreach (var wire in new[] { "driver", "driverOpts", "perContainer" })
        {
            if (fields[wire] is { } value)
                template[wire] = value.DeepClone();
        }

        if (fields["external"] is not null)
            template["external"] = true;
        return template;
    }

    /// <summary>True, false, or a map with the name of the volume that exists.</summary>
    private sealed class ExternalCodec : Codec
    {
        private static readonly RecordCodec Named = new(new ComposeKey("name", "name", Codec.Text, Required: true));

        public override JsonNode? Read(YamlNode node, Spot spot) =>
            node is YamlMap ? Named.Read(node, spot)?["name"]?.DeepClone() : Boolean.Read(node, spot);

        public override YamlNode? Write(JsonNode value) => Boolean.Write(value);
    }
}
