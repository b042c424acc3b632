using Drover.Model.Kernel;

namespace Drover.Model.Clusters;

/// <summary>A server of this installation.</summary>
[Kind("clusterMembership", IsView = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("kind", "")]
[Inherited("description", "")]
[Inherited("accountId", "")]
[Inherited("created", "")]
[Inherited("removed", "")]
[Inherited("removeTime", "")]
[Inherited("data", "")]
public sealed record ClusterMembership : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public bool Clustered { get; init; }

    [Field("r", MaxLength = 16777215, Filter = true)]
    public string? Config { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public long? Heartbeat { get; init; }
}
