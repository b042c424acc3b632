using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>That a container has a label, as a row.</summary>
[Kind("instanceLabelMap", IsView = true, Methods = "", Lifecycle = "event")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
public sealed record InstanceLabelMap : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("instance")]
    public long? InstanceId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("label")]
    public long? LabelId { get; init; }
}
