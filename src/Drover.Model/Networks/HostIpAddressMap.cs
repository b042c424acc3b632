using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>That an address belongs to a host, as a row.</summary>
[Kind("hostIpAddressMap", IsView = true, Methods = "", Lifecycle = "simple")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
[Inherited("accountId", "")]
public sealed record HostIpAddressMap : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("host")]
    public long? HostId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("ipAddress")]
    public long? IpAddressId { get; init; }
}
