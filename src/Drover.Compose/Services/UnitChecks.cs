using System.Text.Json.Nodes;
using Drover.Compose.Codecs;

namespace Drover.Compose.Services;

/// <summary>What cannot be among containers of one unit: a host port taken twice, and circles of shared volumes and networks.</summary>
internal static class UnitChecks
{
    public static void Check(Unit unit, JsonObject body)
    {
        var configs = new Dictionary<string, JsonObject>(StringComparer.Ordinal) { [unit.Primary.Name] = body["launchConfig"]!.AsObject() };
        foreach (var secondary in body["secondaryLaunchConfigs"]?.AsArray() ?? [])
            configs[secondary!["name"]!.ToString()] = secondary.AsObject();

        var taken = new Dictionary<(string?, int?, string), string>();
        foreach (var (name, config) in configs)
        {
            foreach (var port in PortListCodec.Specs(config["ports"]).Where(port => port.Public is not null))
            {
                if (!taken.TryAdd((port.Address, port.Public, port.Protocol), name) && taken[(port.Address, port.Public, port.Protocol)] != name)
                    unit.Member(name)!.Refuse("ports", ComposeCodes.NotUnique, $"the host port {port.Public}/{port.Protocol} is published by '{taken[(port.Address, port.Public, port.Protocol)]}' of the same unit already");
            }
        }

        foreach (var name in configs.Keys.Where(name => Circle(name, name, configs, [])))
            unit.Member(name)!.Refuse(null, ComposeCodes.InvalidReference, "takes volumes or the network from a container that takes them from it in turn");
    }

    private static bool Circle(string from, string wanted, Dictionary<string, JsonObject> configs, HashSet<string> seen) =>
        Needs(configs[from]).Any(name => name == wanted || (seen.Add(name) && Circle(name, wanted, configs, seen)));

    private static IEnumerable<string> Needs(JsonObject config)
    {
        var volumes = (config["dataVolumesFromLaunchConfigs"]?.AsArray() ?? []).Select(name => name!.ToString());
        return config["networkLaunchConfig"]?.ToString() is { } network ? volumes.Append(network) : volumes;
    }
}
