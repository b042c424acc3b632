using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>A container: one process tree on one host.</summary>
[Kind("container", Family = "instance", Seen = typeof(ContainerSeen), Lifecycle = "instance", Reconciled = true)]
[View("mounts", "array[mountEntry]", "r")]
[View("serviceIds", "array[reference[service]]", "r")]
[View("userPorts", "array[string]", "r")]
[Action("stop", Input = "instanceStop")]
public sealed record Container : Resource
{
    /// <summary>How it is run.</summary>
    [Flatten]
    public ContainerSpec Spec { get; init; } = new();

    /// <summary>True where it should run; false where it should exist but rest.</summary>
    [Internal]
    public bool Running { get; init; } = true;

    /// <summary>Counts the restarts asked for; the host restarts it when it sees a new count.</summary>
    [Internal]
    public long RestartCount { get; init; }

    /// <summary>Seconds that a stop waits before it kills; null for the engine's own.</summary>
    [Internal]
    public long? StopSeconds { get; init; }

    /// <summary>The launch config of its service: "io.rancher.service.primary.launch.config" or a sidekick's name.</summary>
    [Internal(Owner = "ServiceReconciler")]
    public string? LaunchConfigName { get; init; }

    /// <summary>The id that the engine gave to a container started by hand; null for our own.</summary>
    [Internal(Owner = "StatusIntake")]
    public string? ImportedId { get; init; }

    [Field("c", NotInList = true)]
    public long? Count { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public long? CreateIndex { get; init; }

    [Field("r", MaxLength = 128, Filter = true), Index]
    public string? DeploymentUnitUuid { get; init; }

    [Field("r"), Ref("host"), Index]
    public long? HostId { get; init; }

    [Field("c", NotInList = true), Ref("instance")]
    public EquatableMap<long> InstanceLinks { get; init; }

    [Field("c", NotNull = true)]
    public EquatableMap<string> Labels { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public bool NativeContainer { get; init; }

    [Field("r", NotNull = true)]
    public string? PrimaryIpAddress { get; init; }

    [Field("r", NotNull = true), Ref("network")]
    public long? PrimaryNetworkId { get; init; }

    [Field("c"), Ref("host")]
    public long? RequestedHostId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("service"), Index]
    public long? ServiceId { get; init; }

    [Field("c", MaxLength = 255, Filter = true), Ref("stack"), Index]
    public long? StackId { get; init; }

    [Field("c", Default = "true")]
    public bool StartOnCreate { get; init; } = true;

    [Field("r", Default = "false", MaxLength = 255, Filter = true)]
    public bool System { get; init; }

    [Field("r", Default = "\"0\"", MaxLength = 255, NotNull = true, Filter = true)]
    public string? Version { get; init; } = "0";
}

/// <summary>What was observed of a container.</summary>
public sealed record ContainerSeen : Seen
{
    [Field("r", MaxLength = 128, Filter = true)]
    public string? ExternalId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public DateTimeOffset? FirstRunning { get; init; }

    [Field("r", Type = "enum", MaxLength = 128, Options = ["healthy", "unhealthy", "updating-healthy", "updating-unhealthy", "initializing"], Filter = true)]
    public string? HealthState { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public long? StartCount { get; init; }
}
