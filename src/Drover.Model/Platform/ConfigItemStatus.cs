using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>How much of a part of what it was told an agent has taken.</summary>
[Kind("configItemStatus", Plural = "configItemStatuses", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform, "ru")]
[Allow(Roles.ReadAdmin, "r")]
[Inherited("accountId", "r", MaxLength = 255, Filter = true)]
[Inherited("id", "r", Filter = true)]
[Inherited("name", "cu", MaxLength = 255, Filter = true)]
public sealed record ConfigItemStatus : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("agent")]
    public long? AgentId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public DateTimeOffset? AppliedUpdated { get; init; }

    [Field("u", NotNull = true, MaxLength = 255, Filter = true)]
    public long? AppliedVersion { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("host")]
    public long? HostId { get; init; }

    [Field("r", NotNull = true, MaxLength = 255, Filter = true)]
    public DateTimeOffset? RequestedUpdated { get; init; }

    [Field("r", NotNull = true, MaxLength = 255, Filter = true)]
    public long? RequestedVersion { get; init; }

    [Field("-", NotNull = true, MaxLength = 255, Filter = true)]
    public long? ResourceId { get; init; }

    [Field("-", MaxLength = 128, Filter = true)]
    public string? ResourceType { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("service")]
    public long? ServiceId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? SourceVersion { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("stack")]
    public long? StackId { get; init; }
}
