using Drover.Model.Kernel;

namespace Drover.Model.Hosts;

/// <summary>That a host has a label, as a row.</summary>
[Kind("hostLabelMap", IsView = true, Methods = "", Lifecycle = "event")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
public sealed record HostLabelMap : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("host")]
    public long? HostId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("label")]
    public long? LabelId { get; init; }
}
