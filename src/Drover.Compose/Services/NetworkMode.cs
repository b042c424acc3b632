using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;
using Drover.Compose.Yaml;

namespace Drover.Compose.Services;

/// <summary>Reads <c>net</c> and <c>network_mode</c> (managed unless the file says else) and the aliases under <c>networks</c>.</summary>
internal static class NetworkMode
{
    public const string Managed = "managed";

    private static readonly string[] Sharing = ["container:", "service:"];

    public static void Read(ServiceSource source, Unit unit, JsonObject config)
    {
        var key = source.Find("network_mode") is null ? "net" : "network_mode";
        var mode = source.Text(key) ?? Managed;
        var sharing = Array.Find(Sharing, prefix => mode.StartsWith(prefix, StringComparison.Ordinal));
        if (sharing is null)
        {
            config["networkMode"] = mode;
        }
        else
        {
            config["networkMode"] = "container";
            var name = mode[sharing.Length..];
            if (unit.Member(name) is { } other && !ReferenceEquals(other, source))
                config["networkLaunchConfig"] = other.Name;
            else
                source.Refuse(key, ComposeCodes.InvalidReference, $"'{name}' is not in the same unit; a network is shared with a sidekick or its primary only");
        }

        Aliases(source, config);
    }

    private static void Aliases(ServiceSource source, JsonObject config)
    {
        if (source.Find("networks") is not { } networks)
            return;
        var aliases = new JsonArray();
        if (networks.Node is YamlMap map)
        {
            foreach (var alias in map.Entries.SelectMany(entry => AliasesOf(entry, networks.Spot)))
                aliases.Add(alias);
        }
        else
        {
            _ = networks.Read(Codec.TextList);
        }

        networks.Spot.Warn(networks.Node, ComposeCodes.IgnoredKey, "networks have no effect here but for their aliases: the managed network connects the environment");
        if (aliases.Count > 0)
            config["netAlias"] = aliases;
    }

    private static IEnumerable<string> AliasesOf(YamlEntry network, Spot spot) =>
        network.Value is YamlMap map && map.Find("aliases") is { } aliases && Codec.TextList.Read(aliases, spot.Child(network.Key).Child("aliases")) is JsonArray names
            ? names.Select(name => name!.ToString())
            : [];
}
