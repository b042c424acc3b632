using Drover.Compose.Codecs;
using Drover.Compose.Files;
using Drover.Compose.Yaml;

namespace Drover.Compose.Services;

/// <summary>Reads the top-level <c>secrets</c> of version 2: the names of secrets that the environment has.</summary>
internal static class SecretNames
{
    private static readonly RecordCodec Named = new(new ComposeKey("name", "name", Codec.Text, Required: true));

    public static IReadOnlyDictionary<string, string>? Read(ComposeFile? file, Findings findings)
    {
        if (file?.Secrets is not { } secrets)
            return null;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in secrets.Entries)
            names[entry.Key] = One(entry, new Spot(KeyPath.Top("secrets").Child(entry.Key), findings)) ?? entry.Key;
        return names;
    }

    private static string? One(YamlEntry entry, Spot spot)
    {
        if (entry.Value is YamlScalar { Kind: ScalarKind.Null })
            return null;
        if (entry.Value is not YamlMap map)
        {
            spot.WrongType(entry.Value, "a map");
            return null;
        }

        string? name = null;
        foreach (var field in map.Entries)
        {
            var at = spot.Child(field.Key);
            if (field.Key == "external" && field.Value is YamlMap)
                name = (string?)Named.Read(field.Value, at)?["name"];
            else if (field.Key == "external")
                _ = Codec.Boolean.Read(field.Value, at);
            else if (field.Key == "name")
                name = (string?)Codec.Text.Read(field.Value, at);
            else if (field.Key == "file")
                at.Warn(field.Value, ComposeCodes.IgnoredKey, "the file stays with the caller; the environment must have a secret of this name");
            else
                UnknownKey.Refuse(field, spot, ["external", "file", "name"]);
        }

        return name;
    }
}
