using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A configuration that agents of 1.6 fetch.</summary>
[Kind("configContent", Plural = "configContent", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Agent, "ru")]
[Inherited("id", "r", Type = "string", NotNull = true)]
public sealed record ConfigContent : Resource
{
    [Field("r"), Ref("agent"), For(Roles.Agent, "u")]
    public long? AgentId { get; init; }

    [Field("r", NotNull = true)]
    public string? Current { get; init; }

    [Field("r", NotNull = true), For(Roles.Agent, "u")]
    public string? Version { get; init; }
}
