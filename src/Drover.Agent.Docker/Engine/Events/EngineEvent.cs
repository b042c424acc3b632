using System.Text.Json.Serialization;

namespace Drover.Agent.Docker.Engine.Events;

/// <summary>Something that happened in the engine.</summary>
public sealed record EngineEvent
{
    /// <summary><c>container</c>, <c>image</c>, <c>volume</c>, <c>network</c>, <c>daemon</c>, …</summary>
    public required string Type { get; init; }

    /// <summary>Such as <c>start</c>, <c>die</c>, <c>destroy</c>; some carry more behind a colon (<c>health_status: healthy</c>).</summary>
    public required string Action { get; init; }

    public EventActor? Actor { get; init; }

    [JsonPropertyName("scope")] public string? Scope { get; init; }

    /// <summary>Seconds since 1970.</summary>
    [JsonPropertyName("time")] public long Time { get; init; }

    /// <summary>Nanoseconds since 1970; what a later stream resumes from.</summary>
    [JsonPropertyName("timeNano")] public long TimeNano { get; init; }
}

/// <summary>What an event is about.</summary>
public sealed record EventActor
{
    public string? ID { get; init; }

    /// <summary>Labels, and <c>name</c>, <c>image</c>, <c>exitCode</c> and the like.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}
