using System.Text.Json.Nodes;
using Drover.Compose.Yaml;

namespace Drover.Compose.Codecs;

/// <summary>The mounts of a service.</summary>
internal sealed class VolumeListCodec : TextListCodec
{
    protected override void Add(JsonArray texts, YamlScalar item, Spot spot)
    {
        var (volume, error) = VolumeSpec.Parse(item.Text);
        if (volume is null)
            spot.Refuse(item, ComposeCodes.InvalidFormat, error ?? "");
        else
            texts.Add(volume.ToString());
    }
}

/// <summary>Memory file systems: paths, each with options after a colon; in the API options by path.</summary>
internal sealed class TmpfsCodec : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (TextList.Read(node, spot) is not JsonArray mounts)
            return null;
        var byPath = new JsonObject();
        foreach (var mount in mounts.Select(mount => (string)mount!))
        {
            var colon = mount.IndexOf(':', StringComparison.Ordinal);
            var path = colon < 0 ? mount : mount[..colon];
            if (path.StartsWith('/'))
                byPath[path] = colon < 0 ? "" : mount[(colon + 1)..];
            else
                spot.Refuse(node, ComposeCodes.InvalidFormat, $"'{path}' is not an absolute path");
        }

        return byPath.Count > 0 ? byPath : null;
    }

    public override YamlNode? Write(JsonNode value)
    {
        if (value is not JsonObject { Count: > 0 } byPath)
            return null;
        return new YamlList(Place.None, [.. byPath.Select(mount => Quoted(mount.Value?.ToString() is { Length: > 0 } options ? $"{mount.Key}:{options}" : mount.Key))]);
    }
}
