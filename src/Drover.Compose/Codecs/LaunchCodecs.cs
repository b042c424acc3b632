using System.Globalization;
using System.Text.Json.Nodes;
using Drover.Compose.Yaml;

namespace Drover.Compose.Codecs;

/// <summary>When a container is started again: <c>no</c>, <c>always</c>, <c>unless-stopped</c>, <c>on-failure[:times]</c>.</summary>
internal sealed class RestartCodec : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (node is not YamlScalar scalar)
        {
            spot.WrongType(node, "a restart policy");
            return null;
        }

        if (scalar.Kind == ScalarKind.Null || scalar.Text.Length == 0)
            return null;
        var (name, times) = scalar.Text.Split(':', 2) is [var first, var second] ? (first, second) : (scalar.Text, null);
        if (YamlScalar.Boolean(name) == false)
            name = "no";
        var count = times is null ? null : YamlScalar.Integer(times);
        var known = name is "no" or "always" or "unless-stopped" ? times is null : name == "on-failure" && (times is null || count is >= 0 and <= int.MaxValue);
        if (!known)
        {
            spot.Refuse(node, ComposeCodes.InvalidOption, $"'{scalar.Text}' is none of no, always, unless-stopped, on-failure, on-failure:TIMES");
            return null;
        }

        var policy = new JsonObject { ["name"] = name };
        if (count is not null)
            policy["maximumRetryCount"] = count.Value;
        return policy;
    }

    public override YamlNode? Write(JsonNode value)
    {
        if (value is not JsonObject policy || policy["name"]?.ToString() is not { Length: > 0 } name)
            return null;
        return Quoted(name == "on-failure" && IntegerCodec.NumberOf(policy["maximumRetryCount"]) is { } count
            ? string.Create(CultureInfo.InvariantCulture, $"{name}:{count}")
            : name);
    }
}

/// <summary>Limits of processes by name: one number for both, or soft and hard.</summary>
internal sealed class UlimitCodec : Codec
{
    private static readonly RecordCodec Pair = new(new ComposeKey("soft", "soft", Integer, true), new ComposeKey("hard", "hard", Integer, true));

    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (node is not YamlMap map)
        {
            if (node is not YamlScalar { Kind: ScalarKind.Null })
                spot.WrongType(node, "a map of limits");
            return null;
        }

        var limits = new JsonArray();
        foreach (var entry in map.Entries)
        {
            var limit = new JsonObject { ["name"] = entry.Key };
            if (entry.Value is YamlMap && Pair.Read(entry.Value, spot.Child(entry.Key)) is JsonObject pair)
            {
                limit["soft"] = pair["soft"]?.DeepClone();
                limit["hard"] = pair["hard"]?.DeepClone();
            }
            else if (entry.Value is not YamlMap && Integer.Read(entry.Value, spot.Child(entry.Key)) is { } both)
            {
                limit["soft"] = both;
                limit["hard"] = both.DeepClone();
            }

            limits.Add(limit);
        }

        return limits.Count > 0 ? limits : null;
    }

    public override YamlNode? Write(JsonNode value)
    {
        if (value is not JsonArray { Count: > 0 } limits)
            return null;
        var entries = limits.OfType<JsonObject>()
            .Select(limit => (Name: limit["name"]?.ToString(), Pair: Pair.Write(limit)))
            .Where(limit => limit is { Name.Length: > 0, Pair: not null })
            .Select(limit => new YamlEntry(limit.Name!, Place.None, limit.Pair!));
        return new YamlMap(Place.None, [.. entries]);
    }
}
