using System.Collections.Immutable;
using System.Text.Json;

namespace Drover.Server.Api.Binding;

/// <summary>What a caller sent: the members of a JSON object in their order, with query parameters under them.</summary>
public sealed class Body
{
    private readonly Dictionary<string, JsonElement> _members;

    private Body(Dictionary<string, JsonElement> members, ImmutableArray<string> names)
    {
        _members = members;
        Names = names;
    }

    public static Body Empty { get; } = new([], []);

    /// <summary>The names in the order they were sent.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The value of a member; null where it was not sent.</summary>
    public JsonElement? Find(string name) => _members.TryGetValue(name, out var value) ? value : null;

    /// <summary>The text of a member; null where it was not sent or is no text.</summary>
    public string? Text(string name)
        => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The same with one member set where it was not sent.</summary>
    public Body WithDefault(string name, string value)
    {
        if (_members.ContainsKey(name)) return this;
        var members = new Dictionary<string, JsonElement>(_members) { [name] = Element(value) };
        return new Body(members, Names.Add(name));
    }

    /// <param name="root">A JSON object; anything else counts as empty.</param>
    /// <param name="query">Parameters, which the object's members hide. Those that start with "_" and `action` are options, not members.</param>
    public static Body From(JsonElement root, IEnumerable<KeyValuePair<string, string>> query)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var names = new List<string>();
        if (root.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in root.EnumerateObject())
            {
                if (!members.ContainsKey(member.Name)) names.Add(member.Name);
                members[member.Name] = member.Value;
            }
        }

        foreach (var (name, value) in query)
        {
            if (name.StartsWith('_') || name is "action" or "token" or "projectId" || !members.TryAdd(name, Element(value))) continue;
            names.Add(name);
        }

        return new Body(members, [.. names]);
    }

    private static JsonElement Element(string text) => JsonSerializer.SerializeToElement(text);
}
