using Drover.Model.Kernel;

namespace Drover.Model.Ports;

/// <summary>A port of a container.</summary>
[Kind("port", IsView = true, Methods = "ru", Lifecycle = "simple")]
public sealed record Port : Resource
{
    [Field("r")]
    public string? BindAddress { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("instance"), Index]
    public long? InstanceId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("ipAddress")]
    public long? PrivateIpAddressId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public long? PrivatePort { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? Protocol { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("ipAddress")]
    public long? PublicIpAddressId { get; init; }

    [Field("u", MaxLength = 255, Reconciles = true, Filter = true)]
    public long? PublicPort { get; init; }
}
