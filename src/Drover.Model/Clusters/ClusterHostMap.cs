using Drover.Model.Kernel;

namespace Drover.Model.Clusters;

/// <summary>That a host belongs to a cluster, as a row.</summary>
[Kind("clusterHostMap", IsView = true, Methods = "")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
[View("state", "string", "r", MaxLength = 128, Filter = true)]
[Inherited("accountId", "")]
public sealed record ClusterHostMap : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("host")]
    public long? ClusterId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("host")]
    public long? HostId { get; init; }
}
