using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>That a host reaches a storage pool, as a row.</summary>
[Kind("storagePoolHostMap", IsView = true, Methods = "", Lifecycle = "member")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
[Inherited("accountId", "")]
public sealed record StoragePoolHostMap : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("host")]
    public long? HostId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("storagePool")]
    public long? StoragePoolId { get; init; }
}
