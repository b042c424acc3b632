using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A number out of a pool that is given to somebody.</summary>
[Kind("resourcePool", Methods = "")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
[View("state", "string", "r", MaxLength = 128, Filter = true)]
public sealed record ResourcePool : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public string? Item { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public long? OwnerId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? OwnerType { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public long? PoolId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? PoolType { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? Qualifier { get; init; }
}
