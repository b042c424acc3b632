using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;
using Drover.Compose.Yaml;

namespace Drover.Compose.Services;

/// <summary>Reads <c>secrets</c>: a secret's name, or a record with where and how its file is mounted.</summary>
internal static class SecretMounts
{
    /// <summary>The long form; the secret's own name stands where its id belongs.</summary>
    public static readonly RecordCodec Mount = new(
        new ComposeKey("source", "secretId", Codec.Text, Required: true),
        new ComposeKey("target", "name", Codec.Text),
        new ComposeKey("uid", "uid", Codec.Text),
        new ComposeKey("gid", "gid", Codec.Text),
        new ComposeKey("mode", "mode", Codec.Text));

    public static JsonNode? Read(ServiceSource source, IReadOnlyDictionary<string, string>? declared)
    {
        if (source.Find("secrets") is not { } found)
            return null;
        if (found.Node is not YamlList list)
        {
            found.Spot.WrongType(found.Node, "a list of secrets");
            return null;
        }

        var mounts = new JsonArray();
        for (var index = 0; index < list.Items.Count; index++)
        {
            if (One(list.Items[index], found.Spot.Item(index), declared) is { } mount)
                mounts.Add(mount);
        }

        return mounts.Count > 0 ? mounts : null;
    }

    private static JsonObject? One(YamlNode node, Spot spot, IReadOnlyDictionary<string, string>? declared)
    {
        var mount = node is YamlScalar scalar ? new JsonObject { ["secretId"] = scalar.Text } : Mount.Read(node, spot) as JsonObject;
        if (mount?["secretId"]?.ToString() is not { Length: > 0 } name)
            return null;
        if (declared is not null && declared.TryGetValue(name, out var real))
            mount["secretId"] = real;
        else
            spot.Refuse(node, ComposeCodes.InvalidReference, $"'{name}' does not stand under the file's top-level 'secrets'");
        mount["name"] ??= name;
        return mount;
    }
}
