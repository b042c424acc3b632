using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>The input of a snapshot's backup action.</summary>
[Struct("snapshotBackupInput", Methods = "r", Extends = "backup", ActionRoles = Roles.Superadmin | Roles.Platform | Roles.ReadAdmin)]
public sealed record SnapshotBackupInput
{
    [Field("-", MaxLength = 255, Filter = true), Ref("account")]
    public long? AccountId { get; init; }

    [Field("c", NotNull = true, Required = true, MaxLength = 255, Filter = true), Ref("backupTarget")]
    public long? BackupTargetId { get; init; }

    [Field("-", MaxLength = 255, Filter = true)]
    public DateTimeOffset? Created { get; init; }

    [Field("i", Type = "map[json]", MaxLength = 65535)]
    public RawJson? Data { get; init; }

    [Field("-", MaxLength = 1024, Filter = true)]
    public string? Description { get; init; }

    [Field("-", Filter = true)]
    public long? Id { get; init; }

    [Field("-", MaxLength = 255, Filter = true)]
    public string? Kind { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public string? Name { get; init; }

    [Field("i", MaxLength = 255, Filter = true)]
    public DateTimeOffset? RemoveTime { get; init; }

    [Field("-", MaxLength = 255, Filter = true)]
    public DateTimeOffset? Removed { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("snapshot")]
    public long? SnapshotId { get; init; }

    [Field("-", Type = "enum", NotNull = true, MaxLength = 128, Options = ["created", "creating", "removed", "removing", "requested"], Filter = true)]
    public string? State { get; init; }

    [Field("-", Type = "enum", NotNull = true, Options = ["yes", "no", "error"])]
    public string? Transitioning { get; init; }

    [Field("-")]
    public string? TransitioningMessage { get; init; }

    [Field("-")]
    public long? TransitioningProgress { get; init; }

    [Field("-", MaxLength = 4096, Filter = true)]
    public string? Uri { get; init; }

    [Field("-", MaxLength = 128, Filter = true)]
    public string? Uuid { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("volume")]
    public long? VolumeId { get; init; }
}
