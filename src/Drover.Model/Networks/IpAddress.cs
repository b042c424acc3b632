using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>An address of a container.</summary>
[Kind("ipAddress", IsView = true, Plural = "ipAddresses", Methods = "r", Lifecycle = "ipAddress")]
[View("hostname", "string", "-", MaxLength = 255, Filter = true)]
[View("isPublic", "boolean", "-", NotNull = true, MaxLength = 255, Filter = true)]
[View("role", "string", "-", MaxLength = 128, Filter = true)]
public sealed record IpAddress : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public string? Address { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("network"), Index]
    public long? NetworkId { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("subnet")]
    public long? SubnetId { get; init; }
}
