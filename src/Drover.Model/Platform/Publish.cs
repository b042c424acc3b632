using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>An event that a handler answers.</summary>
[Struct("publish", Methods = "", Plural = "publish")]
[Allow(Roles.Platform | Roles.Agent, "cr")]
[Allow(Roles.ReadAdmin, "r")]
public sealed record Publish
{
    [Field("c", Type = "map[json]"), For(Roles.Agent, "c")]
    public RawJson? Data { get; init; }

    [Field("c", NotNull = true), For(Roles.Agent, "c")]
    public string? Id { get; init; }

    [Field("c", NotNull = true, Required = true), For(Roles.Agent, "c")]
    public string? Name { get; init; }

    [Field("c", NotNull = true), For(Roles.Agent, "c")]
    public EquatableArray<string> PreviousIds { get; init; }

    [Field("c", NotNull = true), For(Roles.Agent, "c")]
    public string? Publisher { get; init; }

    [Field("c"), For(Roles.Agent, "c")]
    public string? ResourceId { get; init; }

    [Field("c"), For(Roles.Agent, "c")]
    public string? ResourceType { get; init; }

    [Field("c"), For(Roles.Agent, "c")]
    public long? Time { get; init; }

    [Field("c", NotNull = true), For(Roles.Agent, "c")]
    public string? Transitioning { get; init; }

    [Field("c", NotNull = true), For(Roles.Agent, "c", Presence = "nullable")]
    public string? TransitioningInternalMessage { get; init; }

    [Field("c", NotNull = true), For(Roles.Agent, "c", Presence = "nullable")]
    public string? TransitioningMessage { get; init; }

    [Field("c"), For(Roles.Agent, "c")]
    public long? TransitioningProgress { get; init; }
}
