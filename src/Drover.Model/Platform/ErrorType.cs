using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>The answer to a request that failed.</summary>
[Struct("error", Methods = "")]
[Allow(Roles.Agent | Roles.AgentRegister, "r")]
public sealed record ErrorType
{
    [Field("r", NotNull = true), For(Roles.Agent | Roles.AgentRegister, "r")]
    public string? Code { get; init; }

    [Field("r", NotNull = true), For(Roles.Agent | Roles.AgentRegister, "r")]
    public string? Detail { get; init; }

    [Field("r", NotNull = true), For(Roles.Agent | Roles.AgentRegister, "r")]
    public string? Message { get; init; }

    [Field("r", NotNull = true), For(Roles.Agent | Roles.AgentRegister, "r")]
    public long? Status { get; init; }
}
