using Drover.Model.Hosts;
using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>Containers kept running to a launch config and a scale.</summary>
[Kind("service", Seen = typeof(ServiceSeen), Lifecycle = "service", Reconciled = true)]
[Inherited("name", "cu", Required = true, MinLength = 1, MaxLength = 63, ValidChars = "a-zA-Z0-9-", Filter = true, Reconciles = true)]
[Action("upgrade", Input = "serviceUpgrade")]
[Action("restart", Input = "serviceRestart")]
[View("instanceIds", "array[reference[instance]]", "r")]
[View("linkedServices", "map[reference[service]]", "r")]
[Action("forget", IsOwn = true)]
[Action("addservicelink", Input = "addRemoveServiceLinkInput")]
[Action("removeservicelink", Input = "addRemoveServiceLinkInput")]
[Action("setservicelinks", Input = "setServiceLinksInput")]
[View("desiredScale", "int", "-", NotNull = true)]
[View("executionCount", "int", "-", NotNull = true)]
[View("executionPeriodStart", "date", "-", NotNull = true)]
[View("lockedScale", "int", "-", NotNull = true)]
[View("serviceIndexStrategy", "string", "-", NotNull = true)]
[View("skip", "boolean", "-", NotNull = true, MaxLength = 255, Filter = true)]
[Action("certificate", Output = "", Roles = Roles.Superadmin | Roles.ProjectAdmin)]
[View("restart", "serviceRestart", "-", NotNull = true)]
public record Service : Resource
{
    /// <summary>True to give the service an address of its own.</summary>
    [Field("c", Default = "false")]
    public bool AssignServiceIpAddress { get; init; }

    /// <summary>The highest number that one of its containers was created with; it only rises.</summary>
    [Field("r", MaxLength = 255, Filter = true)]
    public long? CreateIndex { get; init; }

    /// <summary>An id of the caller's own.</summary>
    [Field("c", MaxLength = 255, Filter = true)]
    public string? ExternalId { get; init; }

    /// <summary>Linked services by alias; the rows of `serviceConsumeMap` are views of it.</summary>
    [Internal]
    public EquatableMap<long> Links { get; init; }

    /// <summary>Links to services that do not exist yet, "stack/service" by alias, from compose files.</summary>
    [Internal]
    public EquatableMap<string> OpenLinks { get; init; }

    /// <summary>The public ports that it took where its launch configs leave them open, by "launch/private port/protocol".</summary>
    [Internal(Owner = "ServiceReconciler")]
    public EquatableMap<long> PublicPorts { get; init; }

    /// <summary>Counts the restarts asked for; units that have seen fewer are restarted.</summary>
    [Internal]
    public long RestartCount { get; init; }

    /// <summary>How many units are restarted at once.</summary>
    [Internal]
    public long RestartBatch { get; init; }

    /// <summary>True where its containers should run.</summary>
    [Internal]
    public bool Running { get; init; }

    /// <summary>The service whose containers move over to it in a rolling upgrade (UPG-10); null for none.</summary>
    [Internal]
    public long? ReplacesServiceId { get; init; }

    /// <summary>How its containers are run; changed through an upgrade only (SVC-21).</summary>
    [Field("c")]
    public LaunchConfig? LaunchConfig { get; init; }

    /// <summary>What a load balancer shall know of it.</summary>
    [Field("cu", Reconciles = true)]
    public LbTargetConfig? LbConfig { get; init; }

    /// <summary>Free data that its containers read from the metadata service; at most 1 MB.</summary>
    [Field("cu", Type = "map[json]", Reconciles = true)]
    public RawJson? Metadata { get; init; }

    /// <summary>Host addresses and ports under which it answers.</summary>
    [Field("cu")]
    public EquatableArray<PublicEndpoint> PublicEndpoints { get; init; }

    /// <summary>True to give a replaced container the address of its predecessor.</summary>
    [Field("cu", Reconciles = true)]
    public bool? RetainIp { get; init; }

    /// <summary>How many deployment units run.</summary>
    [Field("cu", Default = "1", Min = 0, Reconciles = true)]
    public long Scale { get; init; } = 1;

    /// <summary>Bounds within which the platform chooses the scale.</summary>
    [Field("cu", Reconciles = true)]
    public ScalePolicy? ScalePolicy { get; init; }

    /// <summary>Its sidekicks: run beside each of its containers on the same host.</summary>
    [Field("c", NotNull = true)]
    public EquatableArray<SecondaryLaunchConfig> SecondaryLaunchConfigs { get; init; }

    /// <summary>Standalone containers with these labels belong to it.</summary>
    [Field("cu", MaxLength = 4096, Reconciles = true, Filter = true)]
    public string? SelectorContainer { get; init; }

    /// <summary>Services with these labels are linked to it.</summary>
    [Field("cu", MaxLength = 4096, Reconciles = true, Filter = true)]
    public string? SelectorLink { get; init; }

    /// <summary>The stack it belongs to.</summary>
    [Field("c", MaxLength = 255, Filter = true), Ref("stack"), Index]
    public long? StackId { get; init; }

    /// <summary>True to activate it right after its creation.</summary>
    [Field("c", Default = "false")]
    public bool? StartOnCreate { get; init; }

    /// <summary>True where it belongs to the platform.</summary>
    [Field("r", Default = "false", MaxLength = 255, Filter = true)]
    public bool System { get; init; }

    /// <summary>The upgrade under way, or the last one.</summary>
    [Field("r")]
    public ServiceUpgrade? Upgrade { get; init; }

    /// <summary>Its own address.</summary>
    [Field("c", MaxLength = 255, Filter = true)]
    public string? Vip { get; init; }
}

/// <summary>What was observed of a service.</summary>
public sealed record ServiceSeen : Seen
{
    /// <summary>Since when everything that an upgrade has replaced so far runs well; the next batch waits from then on. Null while a batch is open.</summary>
    [Internal]
    public DateTimeOffset? BatchProven { get; init; }

    /// <summary>How many deployment units run now.</summary>
    [Field("r", NotNull = true)]
    public long? CurrentScale { get; init; }

    /// <summary>Its name in an external DNS.</summary>
    [Field("r")]
    public string? Fqdn { get; init; }

    /// <summary>"healthy", "degraded", "unhealthy", "initializing" or "started-once" (SVC-43).</summary>
    [Field("r", MaxLength = 128, Filter = true)]
    public string? HealthState { get; init; }
}
