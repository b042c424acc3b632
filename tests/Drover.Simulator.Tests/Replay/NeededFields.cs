using System.Text.Json;

namespace Drover.Simulator.Tests.Replay;

/// <summary>The fields that the recorded clients read of each type, with the JSON types that they insist on (clients.md sections 2 to 4).</summary>
internal static class NeededFields
{
    private static readonly Dictionary<string, string[]> ByType = new()
    {
        ["stack"] = ["name:String", "state:String", "healthState:String?", "system:Boolean", "accountId:String", "externalId:String?", "actions:Object", "links:Object"],
        ["service"] =
        [
            "name:String", "stackId:String", "state:String", "healthState:String?", "transitioning:String", "transitioningMessage:String?", "instanceIds:Array", "scale:Number",
            "system:Boolean", "publicEndpoints:Array?", "secondaryLaunchConfigs:Array?", "launchConfig:Object", "metadata:Object?", "actions:Object", "links:Object",
        ],
        ["container"] = ["name:String?", "state:String", "externalId:String?", "primaryIpAddress:String?", "hostId:String?", "labels:Object?", "actions:Object", "links:Object"],
        ["host"] = ["hostname:String", "state:String", "agentState:String?", "instanceIds:Array", "agentIpAddress:String?", "labels:Object", "actions:Object", "links:Object"],
        ["project"] = ["name:String", "state:String", "orchestration:String", "created:String", "links:Object"],
        ["volume"] = ["name:String", "state:String", "driver:String?"],
        ["secret"] = ["name:String", "state:String"],
        ["pullTask"] = ["transitioning:String", "transitioningMessage:String?", "status:Object"],
        ["composeConfig"] = ["dockerComposeConfig:String", "rancherComposeConfig:String"],
    };

    /// <summary>What an answer lacks: of the object, or of each object of a list.</summary>
    public static IEnumerable<string> Missing(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("type", out var type)) return [];
        if (type.GetString() != "collection") return Of(type.GetString()!, answer);
        return Of("collection", answer).Concat(answer.GetProperty("data").EnumerateArray().SelectMany(Missing));
    }

    private static IEnumerable<string> Of(string type, JsonElement resource)
    {
        if (type == "collection" && resource.GetProperty("pagination") is { ValueKind: JsonValueKind.Object } page && page.GetProperty("partial").ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            yield return "pagination.partial is no boolean";
        foreach (var needed in ByType.GetValueOrDefault(type, []))
        {
            var (name, wanted) = (needed[..needed.IndexOf(':', StringComparison.Ordinal)], needed[(needed.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            var has = resource.TryGetProperty(name, out var value);
            var kind = value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : value.ValueKind.ToString();
            if (!has || !(kind == wanted.TrimEnd('?') || (kind == "Null" && wanted.EndsWith('?')))) yield return $"{type}.{name} is {(has ? kind : "missing")}, a client reads {wanted}";
        }
    }
}
