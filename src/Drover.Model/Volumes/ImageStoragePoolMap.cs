using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>That an image is in a storage pool, as a row.</summary>
[Kind("imageStoragePoolMap", IsView = true, Methods = "", Lifecycle = "simple")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
[Inherited("accountId", "")]
public sealed record ImageStoragePoolMap : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("image")]
    public long? ImageId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("storagePool")]
    public long? StoragePoolId { get; init; }
}
