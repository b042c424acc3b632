using System.Globalization;
using System.Text.Json.Nodes;

namespace Drover.Compose;

/// <summary>A place in a service's body where the API wants an id and the file has a name.</summary>
/// <param name="Path">The place, as keys and indexes with slashes: <c>lbConfig/portRules/0/serviceId</c>.</param>
/// <param name="Kind">The type of the resource: service, certificate or secret.</param>
/// <param name="Stack">The stack of a service, or null for the same one.</param>
/// <param name="Name">The resource's name.</param>
public sealed record ComposeReference(string Path, string Kind, string? Stack, string Name)
{
    /// <summary>The places in a body where an id or name of another resource stands, with what stands there as the name.</summary>
    public static IReadOnlyList<ComposeReference> In(JsonObject body)
    {
        var found = new List<ComposeReference>();
        if (body["lbConfig"] is JsonObject balancer)
        {
            Each(balancer["portRules"], "lbConfig/portRules", "serviceId", "service", found);
            Each(balancer["certificateIds"], "lbConfig/certificateIds", null, "certificate", found);
            One(balancer["defaultCertificateId"], "lbConfig/defaultCertificateId", "certificate", found);
        }

        Each(body["launchConfig"]?["secrets"], "launchConfig/secrets", "secretId", "secret", found);
        if (body["secondaryLaunchConfigs"] is JsonArray secondaries)
        {
            for (var index = 0; index < secondaries.Count; index++)
                Each(secondaries[index]?["secrets"], $"secondaryLaunchConfigs/{index}/secrets", "secretId", "secret", found);
        }

        return found;
    }

    /// <summary>Puts a value into the body at this place; a body that has no such place stays as it is.</summary>
    public void Put(JsonObject body, string value)
    {
        JsonNode? at = body;
        var steps = Path.Split('/');
        foreach (var step in steps[..^1])
            at = at is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)] : at?[step];
        if (at is JsonArray last)
            last[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = value;
        else if (at is JsonObject map)
            map[steps[^1]] = value;
    }

    private static void Each(JsonNode? items, string path, string? field, string kind, List<ComposeReference> found)
    {
        if (items is not JsonArray list)
            return;
        for (var index = 0; index < list.Count; index++)
        {
            var value = field is null ? list[index] : (list[index] as JsonObject)?[field];
            One(value, field is null ? $"{path}/{index}" : $"{path}/{index}/{field}", kind, found);
        }
    }

    private static void One(JsonNode? value, string path, string kind, List<ComposeReference> found)
    {
        if (value is not JsonValue text || !text.TryGetValue<string>(out var name) || name.Length == 0)
            return;
        var slash = kind == "service" ? name.IndexOf('/', StringComparison.Ordinal) : -1;
        found.Add(slash < 0 ? new ComposeReference(path, kind, null, name) : new ComposeReference(path, kind, name[..slash], name[(slash + 1)..]));
    }
}
