using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>That a container belongs to a service, as a row.</summary>
[Kind("serviceExposeMap", IsView = true, Methods = "r", Lifecycle = "member")]
[View("hostName", "string", "-", MaxLength = 255, Filter = true)]
[View("upgrade", "boolean", "-", NotNull = true, MaxLength = 255, Filter = true)]
public sealed record ServiceExposeMap : Resource
{
    [Field("-", MaxLength = 128, Filter = true)]
    public string? DnsPrefix { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("instance")]
    public long? InstanceId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? IpAddress { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public bool Managed { get; init; } = true;

    [Field("r", MaxLength = 255, Filter = true), Ref("service")]
    public long? ServiceId { get; init; }
}
