using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A pool of threads of 1.6.</summary>
[Kind("processPool", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("name", "r", NotNull = true)]
public sealed record ProcessPool : Resource
{
    [Field("r", NotNull = true)]
    public long? ActiveTasks { get; init; }

    [Field("r", NotNull = true)]
    public long? CompletedTasks { get; init; }

    [Field("r", NotNull = true)]
    public long? MaxPoolSize { get; init; }

    [Field("r", NotNull = true)]
    public long? MinPoolSize { get; init; }

    [Field("r", NotNull = true)]
    public long? PoolSize { get; init; }

    [Field("r", NotNull = true)]
    public long? QueueRemainingCapacity { get; init; }

    [Field("r", NotNull = true)]
    public long? QueueSize { get; init; }

    [Field("r", NotNull = true)]
    public long? RejectedTasks { get; init; }
}
