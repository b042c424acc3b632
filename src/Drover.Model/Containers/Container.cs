using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>A container: one process tree on one host.</summary>
[Kind("container", Family = "instance", Seen = typeof(ContainerSeen), Lifecycle = "instance", Reconciled = true)]
[Action("allocate")]
[Action("deallocate")]
[Action("updatehealthy")]
[Action("updateunhealthy")]
[Action("updatereinitializing")]
[Inherited("name", "cu", Unique = true, MaxLength = 255, Filter = true)]
[View("mounts", "array[mountEntry]", "r", NotNull = true)]
[View("serviceIds", "array[reference[service]]", "r")]
[View("userPorts", "array[string]", "r")]
[Action("forget", IsOwn = true)]
[Action("stop", Input = "instanceStop")]
[View("agentId", "reference[agent]", "i", MaxLength = 255, Filter = true)]
[View("allocationState", "string", "i", MaxLength = 255, Filter = true)]
[View("compute", "int", "-", MaxLength = 255, Filter = true)]
[View("credentialIds", "array[reference[credential]]", "-", NotInList = true)]
[View("dnsInternal", "string", "-", MaxLength = 255, Filter = true)]
[View("dnsSearchInternal", "string", "-", MaxLength = 255, Filter = true)]
[View("dockerHostIp", "string", "-", NotNull = true)]
[View("dockerIp", "string", "-", NotNull = true)]
[View("dockerPorts", "map[string]", "-", NotNull = true)]
[View("domain", "string", "-", MaxLength = 128, Filter = true)]
[View("healthUpdated", "date", "-", MaxLength = 255, Filter = true)]
[View("imageId", "reference[image]", "-", MaxLength = 255, Filter = true)]
[View("memoryMb", "int", "-", MaxLength = 255, Filter = true)]
[View("serviceIndexId", "reference[serviceIndex]", "-", MaxLength = 255, Filter = true)]
[View("token", "string", "i", MaxLength = 255, Filter = true)]
[View("userdata", "string", "-", MaxLength = 65535, Filter = true)]
[View("zoneId", "reference[zone]", "-", MaxLength = 255, Filter = true)]
[Action("console", Input = "instanceConsoleInput", Output = "instanceConsole")]
[Action("execute", Input = "containerExec", Output = "hostAccess")]
[Action("logs", Alone = true, Input = "containerLogs", Output = "hostAccess", Roles = Roles.Everyone)]
[Action("proxy", Input = "containerProxy", Output = "hostAccess")]
[View("serviceIndex", "string", "-")]
public record Container : Resource
{
    /// <summary>How it is run.</summary>
    [Flatten]
    public ContainerSpec Spec { get; init; } = new();

    /// <summary>True where it should run; false where it should exist but rest.</summary>
    [Internal]
    public bool Running { get; init; } = true;

    /// <summary>Its service accounts, its own agent first (AUTH-29).</summary>
    [Internal(Owner = "PlacementReconciler")]
    public EquatableArray<long> AgentIds { get; init; }

    /// <summary>Counts the restarts asked for; the host restarts it when it sees a new count.</summary>
    [Internal]
    public long RestartCount { get; init; }

    /// <summary>The restarts of its service that it has seen.</summary>
    [Internal(Owner = "ServiceReconciler")]
    public long ServiceRestartCount { get; init; }

    /// <summary>Seconds that a stop waits before it kills; null for the engine's own.</summary>
    [Internal]
    public long? StopSeconds { get; init; }

    /// <summary>The launch config of its service: "io.rancher.service.primary.launch.config" or a sidekick's name.</summary>
    [Internal(Owner = "ServiceReconciler")]
    public string? LaunchConfigName { get; init; }

    /// <summary>The id that the engine gave to a container started by hand; null for our own.</summary>
    [Internal(Owner = "StatusIntake")]
    public string? ImportedId { get; init; }

    /// <summary>The number within its service, the last part of its name; reused when it is free again.</summary>
    [Internal(Owner = "ServiceReconciler")]
    public long? ServiceIndex { get; init; }

    /// <summary>True where an upgrade put another in its place; it rests until the upgrade is finished or rolled back (UPG-03).</summary>
    [Internal(Owner = "ServiceReconciler")]
    public bool SetAside { get; init; }

    /// <summary>How many to create at once.</summary>
    [Field("c", NotInList = true)]
    public long? Count { get; init; }

    /// <summary>Its number in the order of creation within its service.</summary>
    [Field("r", MaxLength = 255, Filter = true)]
    public long? CreateIndex { get; init; }

    /// <summary>The deployment unit it belongs to.</summary>
    [Field("r", MaxLength = 128, Filter = true), Index]
    public string? DeploymentUnitUuid { get; init; }

    /// <summary>The host it runs on; null until it is placed.</summary>
    [Field("r"), Ref("host"), Index]
    public long? HostId { get; init; }

    /// <summary>Linked standalone containers by alias.</summary>
    [Field("c", NotInList = true), Ref("instance")]
    public EquatableMap<long> InstanceLinks { get; init; }

    /// <summary>Its labels, the platform's own included.</summary>
    [Field("c", NotNull = true)]
    public EquatableMap<string> Labels { get; init; }

    /// <summary>True where it was started by hand.</summary>
    [Field("r", MaxLength = 255, Filter = true)]
    public bool NativeContainer { get; init; }

    /// <summary>Its address on its network.</summary>
    [Field("r", NotNull = true), Index]
    public string? PrimaryIpAddress { get; init; }

    /// <summary>Its network.</summary>
    [Field("r", NotNull = true), Ref("network")]
    public long? PrimaryNetworkId { get; init; }

    /// <summary>The host it must run on.</summary>
    [Field("c"), Ref("host")]
    public long? RequestedHostId { get; init; }

    /// <summary>The service it belongs to; null for standalone ones.</summary>
    [Field("r", MaxLength = 255, Filter = true), Ref("service"), Index]
    public long? ServiceId { get; init; }

    /// <summary>The stack it belongs to.</summary>
    [Field("c", MaxLength = 255, Filter = true), Ref("stack"), Index]
    public long? StackId { get; init; }

    /// <summary>False to create it without starting it.</summary>
    [Field("c", Default = "true")]
    public bool StartOnCreate { get; init; } = true;

    /// <summary>True where it belongs to the platform.</summary>
    [Field("r", Default = "false", MaxLength = 255, Filter = true)]
    public bool System { get; init; }

    /// <summary>The format of its record as 1.6 counts them.</summary>
    [Field("r", Default = "\"0\"", MaxLength = 255, NotNull = true, Filter = true)]
    public string? Version { get; init; } = "0";
}

/// <summary>What was observed of a container.</summary>
public sealed record ContainerSeen : Seen
{
    /// <summary>The engine's id, 64 hex digits.</summary>
    [Field("r", MaxLength = 128, Filter = true), Index]
    public string? ExternalId { get; init; }

    /// <summary>When it first ran.</summary>
    [Field("r", MaxLength = 255, Filter = true)]
    public DateTimeOffset? FirstRunning { get; init; }

    /// <summary>The verdict of its health check; null without one.</summary>
    [Field("r", Type = "enum", MaxLength = 128, Options = ["healthy", "unhealthy", "updating-healthy", "updating-unhealthy", "initializing"], Filter = true, FilterAs = "string")]
    public string? HealthState { get; init; }

    /// <summary>How often it was started.</summary>
    [Field("r", MaxLength = 255, Filter = true)]
    public long? StartCount { get; init; }

    /// <summary>How its process ended the last time; null while it runs.</summary>
    [Internal]
    public long? ExitCode { get; init; }

    /// <summary>The restart count that the host has reached.</summary>
    [Internal]
    public long RestartCount { get; init; }

    /// <summary>Hosts that could not run it at all; they are left out until <see cref="RejectedUntil"/>.</summary>
    [Internal]
    public EquatableArray<long> RejectedHostIds { get; init; }

    [Internal]
    public DateTimeOffset? RejectedUntil { get; init; }
}
