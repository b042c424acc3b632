using System.Text.Json.Nodes;

namespace Drover.Integration.Harness;

/// <summary>An object of the API as it was answered.</summary>
internal sealed class Resource(JsonObject json)
{
    public JsonObject Json => json;

    /// <summary>A field as text; null where it is absent or null.</summary>
    public string? this[string field] => json[field]?.ToString();

    public string Id => this["id"]!;

    public string? State => this["state"];

    /// <summary>The engine's id of a container.</summary>
    public string EngineId => this["externalId"]!;

    public string Link(string name) => json["links"]?[name]?.GetValue<string>() ?? throw new KeyNotFoundException($"no link {name}: {this}");

    /// <summary>Why it is not settled, in the server's words; null where nothing is said.</summary>
    public string? Why => json["drover"]?["why"]?.GetValue<string>();

    /// <summary>What tells one state from another, for people who read a failure.</summary>
    public override string ToString() =>
        string.Join(", ", json.Where(field => field.Value is not null && field.Key is not ("links" or "actions") && field.Value.ToJsonString() is not ("[]" or "{}" or "false"))
            .Select(field => $"{field.Key}={field.Value!.ToJsonString()}"));
}
