using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;

namespace Drover.Compose.Services;

/// <summary>Reads the five keys of limits per block device (<c>path:limit</c>) into the API's one map by path.</summary>
internal static class DeviceOptions
{
    /// <summary>The keys of the file with the field that each sets, and whether its limits are sizes.</summary>
    public static readonly IReadOnlyList<(string Key, string Wire, bool Bytes)> Keys =
    [
        ("blkio_weight_device", "weight", false),
        ("device_read_bps", "readBps", true),
        ("device_read_iops", "readIops", false),
        ("device_write_bps", "writeBps", true),
        ("device_write_iops", "writeIops", false),
    ];

    public static JsonNode? Read(ServiceSource source)
    {
        var devices = new JsonObject();
        foreach (var (key, wire, bytes) in Keys)
        {
            if (source.Find(key) is not { } found)
                continue;
            foreach (var item in found.Read(Codec.TextList)?.AsArray() ?? [])
                Add(devices, item!.ToString(), wire, bytes, found);
        }

        return devices.Count > 0 ? devices : null;
    }

    private static void Add(JsonObject devices, string text, string wire, bool bytes, Found found)
    {
        var colon = text.LastIndexOf(':');
        var limit = colon <= 0 ? null : bytes ? BytesCodec.Parse(text[(colon + 1)..]) : Yaml.YamlScalar.Integer(text[(colon + 1)..]);
        if (limit is not >= 0 || !text.StartsWith('/'))
        {
            found.Spot.Refuse(found.Node, ComposeCodes.InvalidFormat, $"'{text}' is not a device's path, a colon and a limit");
            return;
        }

        if (devices[text[..colon]] is not JsonObject device)
            devices[text[..colon]] = device = [];
        device[wire] = limit.Value;
    }
}
