using Drover.Model.Kernel;

namespace Drover.Model.Hosts;

/// <summary>The API type publicEndpoint.</summary>
[Struct("publicEndpoint", Methods = "r")]
[Allow(Roles.User | Roles.Admin, "cr")]
public sealed record PublicEndpoint
{
    [Field("c", NotNull = true), Ref("host")]
    public long? HostId { get; init; }

    [Field("c", NotNull = true), Ref("instance")]
    public long? InstanceId { get; init; }

    [Field("c", NotNull = true)]
    public string? IpAddress { get; init; }

    [Field("c")]
    public long? Port { get; init; }

    [Field("c", NotNull = true), Ref("service")]
    public long? ServiceId { get; init; }
}
