using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>A volume of an environment.</summary>
[Kind("volume", Seen = typeof(VolumeSeen), Lifecycle = "volume", Reconciled = true)]
[Inherited("id", "r", Filter = true, For = Roles.Agent, ForAccess = "r")]
[Inherited("name", "c", Required = true, MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
[Action("activate", Roles = Roles.Superadmin)]
[Action("deactivate", Roles = Roles.Superadmin)]
[Action("forget", IsOwn = true)]
[Action("allocate")]
[Action("deallocate")]
[Allow(Roles.Agent, "r")]
[View("instanceId", "reference[instance]", "r", MaxLength = 255, Filter = true)]
[View("mounts", "array[mountEntry]", "r", NotNull = true)]
[View("allocationState", "string", "-", MaxLength = 255, Filter = true)]
[View("attachedState", "string", "-", MaxLength = 255, Filter = true)]
[View("capabilities", "array[string]", "-")]
[View("deviceNumber", "int", "-", MaxLength = 255, Filter = true)]
[View("format", "string", "-", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
[View("isNative", "boolean", "-", NotNull = true, Default = "false")]
[View("physicalSizeMb", "int", "-", MaxLength = 255, Filter = true)]
[View("virtualSizeMb", "int", "-", MaxLength = 255, Filter = true)]
[View("zoneId", "reference[zone]", "-", MaxLength = 255, Filter = true)]
[Action("restorefrombackup", Input = "restoreFromBackupInput")]
[Action("reverttosnapshot", Input = "revertToSnapshotInput")]
[Action("snapshot", Input = "volumeSnapshotInput", Output = "snapshot")]
public sealed record Volume : Resource
{
    /// <summary>The deployment unit it belongs to where its template makes one per container; null where it is shared.</summary>
    [Internal]
    public string? DeploymentUnitUuid { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? AccessMode { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("deploymentUnit")]
    public long? DeploymentUnitId { get; init; }

    [Field("c", NotNull = true), For(Roles.Agent, "c")]
    public string? Driver { get; init; }

    [Field("cu"), For(Roles.Agent, "c")]
    public EquatableMap<string> DriverOpts { get; init; }

    [Field("cu", MaxLength = 255, Reconciles = true, Filter = true), Ref("host"), Index]
    public long? HostId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("image")]
    public long? ImageId { get; init; }

    [Field("r", Default = "false"), For(Roles.Agent, "c")]
    public bool IsHostPath { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public long? SizeMb { get; init; }

    [Field("c", MaxLength = 255, Filter = true), Ref("stack"), Index]
    public long? StackId { get; init; }

    [Field("c", MaxLength = 255, NotNull = true, Filter = true), Ref("storageDriver")]
    public long? StorageDriverId { get; init; }

    [Field("c", MaxLength = 255, Filter = true), Ref("volumeTemplate")]
    public long? VolumeTemplateId { get; init; }
}

/// <summary>What was observed of a volume.</summary>
public sealed record VolumeSeen : Seen
{
    [Field("r", MaxLength = 128, Filter = true), For(Roles.Agent, "c")]
    public string? ExternalId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Agent, "c")]
    public string? Uri { get; init; }
}
