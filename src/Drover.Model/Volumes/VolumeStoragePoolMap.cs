using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>That a volume is in a storage pool, as a row.</summary>
[Kind("volumeStoragePoolMap", IsView = true, Methods = "", Lifecycle = "volumePlace")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
[Inherited("accountId", "")]
public sealed record VolumeStoragePoolMap : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("storagePool")]
    public long? StoragePoolId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("volume")]
    public long? VolumeId { get; init; }
}
