using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>The workers that carry processes out.</summary>
[Kind("processPool", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("name", "r", NotNull = true)]
public sealed record ProcessPool : Resource, IOwnId
{
    /// <summary>A figure has no id.</summary>
    public string? WireId => null;

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
