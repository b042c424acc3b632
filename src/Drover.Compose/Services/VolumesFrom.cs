using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;

namespace Drover.Compose.Services;

/// <summary>Reads <c>volumes_from</c>: members of the unit by name, any other container as <c>container:name</c>.</summary>
internal static class VolumesFrom
{
    private const string Container = "container:";

    public static void Read(ServiceSource source, Unit unit, JsonObject config)
    {
        if (source.Find("volumes_from") is not { } found)
            return;
        var members = new JsonArray();
        var containers = new JsonArray();
        foreach (var item in found.Read(Codec.TextList)?.AsArray() ?? [])
        {
            var text = item!.ToString();
            if (text.StartsWith(Container, StringComparison.Ordinal))
                containers.Add(WithoutMode(text[Container.Length..]));
            else if (unit.Member(WithoutMode(text)) is { } other && !ReferenceEquals(other, source))
                members.Add(other.Name);
            else
                found.Spot.Refuse(found.Node, ComposeCodes.InvalidReference, $"'{WithoutMode(text)}' is not in the same unit; volumes are taken from a sidekick or its primary only");
        }

        if (containers.Count > 0)
            config["dataVolumesFrom"] = containers;
        if (members.Count > 0)
            config["dataVolumesFromLaunchConfigs"] = members;
    }

    private static string WithoutMode(string text) =>
        text.EndsWith(":ro", StringComparison.Ordinal) || text.EndsWith(":rw", StringComparison.Ordinal) ? text[..^3] : text;
}
