using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>One run of what the server does periodically.</summary>
[Kind("taskInstance", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("id", "r", Filter = true)]
[Inherited("name", "cu", MaxLength = 128, Filter = true)]
public sealed record TaskInstance : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public DateTimeOffset? EndTime { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? Exception { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? ServerId { get; init; }

    [Field("r", NotNull = true, MaxLength = 255, Filter = true)]
    public DateTimeOffset? StartTime { get; init; }

    [Field("r", NotNull = true, MaxLength = 255, Filter = true), Ref("task")]
    public long? TaskId { get; init; }
}
