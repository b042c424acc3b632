using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>That a host checks a container, and its verdict, as a row.</summary>
[Kind("healthcheckInstanceHostMap", IsView = true, Methods = "r", Lifecycle = "check")]
public sealed record HealthcheckInstanceHostMap : Resource
{
    [Field("-", MaxLength = 255, Filter = true)]
    public long? ExternalTimestamp { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? HealthState { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("healthcheckInstance")]
    public long? HealthcheckInstanceId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("host")]
    public long? HostId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("instance")]
    public long? InstanceId { get; init; }
}
