using Drover.Model.Kernel;

namespace Drover.Model.Stacks;

/// <summary>An upgrade of a stack that waits for its turn.</summary>
[Kind("scheduledUpgrade", Methods = "r", Lifecycle = "scheduledUpgrade")]
[Inherited("name", "")]
[Inherited("description", "")]
public sealed record ScheduledUpgrade : Resource
{
    [Field("-", MaxLength = 255, Filter = true)]
    public DateTimeOffset? Finished { get; init; }

    [Field("-", NotNull = true, MaxLength = 255, Filter = true)]
    public long? Priority { get; init; }

    [Field("-", MaxLength = 255, Filter = true)]
    public DateTimeOffset? RunAfter { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("stack")]
    public long? StackId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public DateTimeOffset? Started { get; init; }
}
