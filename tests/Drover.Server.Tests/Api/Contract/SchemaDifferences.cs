using System.Text.Json;

namespace Drover.Server.Tests.Api.Contract;

/// <summary>Compares schema collections with those of the contract and names each difference once, with the roles it shows for.</summary>
internal sealed class SchemaDifferences
{
    private readonly SortedDictionary<string, SortedSet<string>> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _roles = [];

    /// <summary>Lines such as "stack.name required: want true, have none | owner member".</summary>
    public IEnumerable<string> Lines
        => _found.Select(f => $"{f.Key} | {(f.Value.Count == _roles.Count ? "every role" : string.Join(' ', f.Value))}");

    public void Compare(string role, JsonElement wanted, JsonElement had)
    {
        _roles.Add(role);
        var (contract, declared) = (ById(wanted), ById(had));
        foreach (var type in contract.Keys.Except(declared.Keys)) Add(role, $"{type}: missing");
        foreach (var (type, ours) in declared)
        {
            if (!contract.TryGetValue(type, out var theirs)) Add(role, $"{type}: not in the contract");
            else CompareType(role, type, theirs, ours);
        }
    }

    private void CompareType(string role, string type, JsonElement wanted, JsonElement had)
    {
        foreach (var key in new[] { "type", "links", "actions", "collectionActions", "collectionFields", "pluralName", "collectionMethods", "resourceMethods", "baseType" })
            CompareValue(role, $"{type} {key}", wanted.GetProperty(key), had.GetProperty(key));
        CompareMembers(role, type, "resourceFields", (name, w, h) => CompareMembers(role, $"{type}.{name}", w, h, (aspect, a, b) => CompareValue(role, $"{type}.{name} {aspect}", a, b)), wanted, had);
        CompareMembers(role, $"{type} action", "resourceActions", (name, w, h) => CompareValue(role, $"{type} action {name}", w, h), wanted, had);
        CompareMembers(role, $"{type} filter", "collectionFilters", (name, w, h) => CompareValue(role, $"{type} filter {name}", w, h), wanted, had);
        CompareLinks(role, type, wanted, had);
    }

    private void CompareMembers(string role, string what, string key, Action<string, JsonElement, JsonElement> both, JsonElement wanted, JsonElement had)
    {
        var (w, h) = (Members(wanted.GetProperty(key)), Members(had.GetProperty(key)));
        foreach (var name in w.Keys.Union(h.Keys))
        {
            if (!h.TryGetValue(name, out var ours)) Add(role, $"{what} {name}: missing");
            else if (!w.TryGetValue(name, out var theirs)) Add(role, $"{what} {name}: extra");
            else both(name, theirs, ours);
        }
    }

    private void CompareMembers(string role, string what, JsonElement wanted, JsonElement had, Action<string, JsonElement, JsonElement> both)
    {
        var (w, h) = (Members(wanted), Members(had));
        foreach (var name in w.Keys.Union(h.Keys))
        {
            if (!h.TryGetValue(name, out var ours)) Add(role, $"{what} {name}: want {w[name].GetRawText()}, have none");
            else if (!w.TryGetValue(name, out var theirs)) Add(role, $"{what} {name}: want none, have {ours.GetRawText()}");
            else both(name, theirs, ours);
        }
    }

    private void CompareLinks(string role, string type, JsonElement wanted, JsonElement had)
    {
        var w = wanted.GetProperty("includeableLinks").EnumerateArray().Select(l => l.GetString()!).ToHashSet();
        var h = had.GetProperty("includeableLinks").EnumerateArray().Select(l => l.GetString()!).ToHashSet();
        foreach (var link in w.Except(h)) Add(role, $"{type} link {link}: missing");
        foreach (var link in h.Except(w)) Add(role, $"{type} link {link}: extra");
    }

    private void CompareValue(string role, string what, JsonElement wanted, JsonElement had)
    {
        var (w, h) = (JsonSerializer.Serialize(wanted), JsonSerializer.Serialize(had));
        if (w != h) Add(role, $"{what}: want {Short(w)}, have {Short(h)}");
    }

    private static string Short(string text) => text.Length <= 160 ? text : text[..160] + "...";

    private void Add(string role, string difference)
    {
        if (!_found.TryGetValue(difference, out var roles)) _found[difference] = roles = new(StringComparer.Ordinal);
        roles.Add(role);
    }

    private static Dictionary<string, JsonElement> Members(JsonElement value)
        => value.EnumerateObject().ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);

    private static Dictionary<string, JsonElement> ById(JsonElement collection)
        => collection.GetProperty("data").EnumerateArray().ToDictionary(s => s.GetProperty("id").GetString()!, StringComparer.Ordinal);
}
