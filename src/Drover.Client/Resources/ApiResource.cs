using System.Text.Json;
using Drover.Client.Wire;
using Drover.Model.Kernel;

namespace Drover.Client.Resources;

/// <summary>One object as the server answered it.</summary>
/// <typeparam name="T">The kind's record of what is wanted.</typeparam>
public sealed class ApiResource<T>
    where T : Resource
{
    private ApiResource(JsonElement json, T wanted)
    {
        Json = json;
        Wanted = wanted;
        Links = Texts(json, "links");
        Actions = Texts(json, "actions");
    }

    /// <summary>The whole answer.</summary>
    public JsonElement Json { get; }

    /// <summary>What is wanted.</summary>
    public T Wanted { get; }

    /// <summary>The wire id, such as "1s7".</summary>
    public string Id => Text("id") ?? "";

    /// <summary>The number in the wire id, as records refer to each other (7 for "1s7"); 0 where the id is a name.</summary>
    public long Number => ResourceId.TryParse(Id, out var number) ? number : 0;

    /// <summary>The concrete type, such as "loadBalancerService".</summary>
    public string Type => Text("type") ?? "";

    public string Name => Wanted.Name ?? Id;

    /// <summary>Null for kinds without states.</summary>
    public string? State => Text("state");

    /// <summary>True while the server still works on it.</summary>
    public bool IsTransitioning => Text("transitioning") == "yes";

    /// <summary>True where the last try failed; the server may still try again.</summary>
    public bool HasFailed => Text("transitioning") == "error";

    /// <summary>What it does or what went wrong, in the server's words; null when settled.</summary>
    public string? Message => Text("transitioningMessage");

    /// <summary>What it waits for; null when it waits for nothing, or the server is not Drover.</summary>
    public Why? Why { get; private init; }

    /// <summary>Addresses of related objects, by name.</summary>
    public IReadOnlyDictionary<string, string> Links { get; }

    /// <summary>Addresses of what may be done in this state, by name.</summary>
    public IReadOnlyDictionary<string, string> Actions { get; }

    /// <summary>What was observed, as the kind's record of it.</summary>
    public TSeen Seen<TSeen>()
        where TSeen : Seen
        => (TSeen)WireRecord.Of(typeof(TSeen)).Read(Json);

    /// <summary>A text field; null where it is not set.</summary>
    public string? Text(string field) =>
        Json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A field that the server computes and no record has, such as activeValue of a setting; the type's default where it is not set.</summary>
    public TValue? Value<TValue>(string field) =>
        Json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value.Deserialize<TValue>(ModelJson.Options) : default;

    /// <summary>A field that lists wire ids, such as instanceIds.</summary>
    public IReadOnlyList<string> Ids(string field) =>
        Json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(id => id.GetString() ?? "")]
            : [];

    /// <summary>Understands an answer of the API.</summary>
    public static ApiResource<T> Read(JsonElement json) =>
        new(json, (T)WireRecord.Of(typeof(T)).Read(json)) { Why = ReadWhy(json) };

    private static Why? ReadWhy(JsonElement json)
    {
        if (!json.TryGetProperty("drover", out var own) || own.ValueKind != JsonValueKind.Object) return null;
        if (!own.TryGetProperty("why", out var why) || why.ValueKind != JsonValueKind.String) return null;
        return new Why(why.GetString()!, Date(own, "since") ?? default, Date(own, "nextTry"));
    }

    private static DateTimeOffset? Date(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var date) ? date : null;

    private static Dictionary<string, string> Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var map) && map.ValueKind == JsonValueKind.Object
            ? map.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal)
            : [];
}
