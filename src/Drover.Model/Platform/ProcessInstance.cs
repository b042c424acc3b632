using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>What drives one object until it has settled.</summary>
[Kind("processInstance", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Action("replay")]
[Inherited("accountId", "r", MaxLength = 255, Filter = true)]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("id", "r", Filter = true)]
public sealed record ProcessInstance : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public DateTimeOffset? EndTime { get; init; }

    [Field("r", NotNull = true, MaxLength = 255, Filter = true)]
    public long? ExecutionCount { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? ExitReason { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? Phase { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public long? Priority { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? ProcessName { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? ResourceId { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? ResourceType { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? Result { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public DateTimeOffset? RunAfter { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? RunningProcessServerId { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? StartProcessServerId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public DateTimeOffset? StartTime { get; init; }
}
