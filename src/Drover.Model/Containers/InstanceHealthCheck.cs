using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type instanceHealthCheck.</summary>
[Struct("instanceHealthCheck")]
[Allow(Roles.User | Roles.Admin, "cr")]
public sealed record InstanceHealthCheck
{
    [Field("c")]
    public long? HealthyThreshold { get; init; }

    [Field("c")]
    public long? InitializingTimeout { get; init; }

    [Field("c")]
    public long? Interval { get; init; }

    [Field("cu")]
    public string? Name { get; init; }

    [Field("c", Required = true, Min = 1, Max = 65535)]
    public long? Port { get; init; }

    [Field("c")]
    public RecreateOnQuorumStrategyConfig? RecreateOnQuorumStrategyConfig { get; init; }

    [Field("c")]
    public long? ReinitializingTimeout { get; init; }

    [Field("c")]
    public string? RequestLine { get; init; }

    [Field("c")]
    public long? ResponseTimeout { get; init; }

    [Field("c", Type = "enum", Default = "\"recreate\"", Options = ["none", "recreate", "recreateOnQuorum"])]
    public string? Strategy { get; init; } = "recreate";

    [Field("c")]
    public long? UnhealthyThreshold { get; init; }
}
