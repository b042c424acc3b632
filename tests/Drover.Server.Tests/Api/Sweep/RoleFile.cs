using System.Text.Json;

namespace Drover.Server.Tests.Api.Sweep;

/// <summary>What one role may do, as the contract's file says, not as this server declares it.</summary>
internal sealed class RoleFile
{
    private readonly Dictionary<string, JsonElement> _types;

    private RoleFile(Dictionary<string, JsonElement> types) => _types = types;

    /// <summary>Types by name, with the plural of their path.</summary>
    public IEnumerable<(string Type, string Plural)> Types => _types.Select(t => (t.Key, t.Value.GetProperty("pluralName").GetString()!));

    public static RoleFile? Read(string role, string version = "v2-beta")
    {
        if (Folder() is not { } folder) return null;
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "api-schemas", version, role + ".json")));
        return new RoleFile(file.RootElement.GetProperty("data").EnumerateArray().ToDictionary(t => t.GetProperty("id").GetString()!, t => t.Clone(), StringComparer.Ordinal));
    }

    public bool Sees(string type) => _types.ContainsKey(type);

    public bool MayOnCollection(string type, string method) => Has(type, "collectionMethods", method);

    public bool MayOnResource(string type, string method) => Has(type, "resourceMethods", method);

    public IEnumerable<string> ActionsOf(string type)
        => _types.TryGetValue(type, out var schema) && schema.TryGetProperty("resourceActions", out var actions) ? actions.EnumerateObject().Select(a => a.Name) : [];

    public IEnumerable<string> LinksOf(string type)
        => _types.TryGetValue(type, out var schema) && schema.TryGetProperty("includeableLinks", out var links) && links.ValueKind == JsonValueKind.Array ? links.EnumerateArray().Select(l => l.GetString()!) : [];

    /// <summary>The fields that hold references, with what they refer to and how many.</summary>
    public IEnumerable<(string Field, string Target, bool Many)> ReferencesOf(string type)
    {
        foreach (var field in _types[type].GetProperty("resourceFields").EnumerateObject())
        {
            var text = field.Value.GetProperty("type").GetString()!;
            if (text.StartsWith("reference[", StringComparison.Ordinal)) yield return (field.Name, text[10..^1], false);
            if (text.StartsWith("array[reference[", StringComparison.Ordinal)) yield return (field.Name, text[16..^2], true);
        }
    }

    /// <summary>The fields with their type and whether the role may write them.</summary>
    public IEnumerable<(string Name, string Type, bool Create, bool Update)> FieldsOf(string type)
        => _types[type].GetProperty("resourceFields").EnumerateObject()
            .Select(field => (field.Name, field.Value.GetProperty("type").GetString()!, field.Value.GetProperty("create").GetBoolean(), field.Value.GetProperty("update").GetBoolean()));

    private bool Has(string type, string list, string method)
        => _types.TryGetValue(type, out var schema) && schema.TryGetProperty(list, out var methods) && methods.ValueKind == JsonValueKind.Array
            && methods.EnumerateArray().Any(m => m.GetString() == method);

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("DROVER_REFERENCE") is { Length: > 0 } set) return set;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared", "reference") is var folder && Directory.Exists(Path.Combine(folder, "api-schemas")))
                return folder;
        return null;
    }
}
