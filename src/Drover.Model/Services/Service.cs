using Drover.Model.Hosts;
using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>Containers kept running to a launch config and a scale.</summary>
[Kind("service", Seen = typeof(ServiceSeen), Lifecycle = "service", Reconciled = true)]
[View("instanceIds", "array[reference[instance]]", "r")]
[View("linkedServices", "map[reference[service]]", "r")]
[Action("addservicelink", Input = "addRemoveServiceLinkInput")]
[Action("removeservicelink", Input = "addRemoveServiceLinkInput")]
[Action("setservicelinks", Input = "setServiceLinksInput")]
public sealed record Service : Resource
{
    [Field("c", Default = "false")]
    public bool AssignServiceIpAddress { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public long? CreateIndex { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public string? ExternalId { get; init; }

    /// <summary>Linked services by alias; the rows of `serviceConsumeMap` are views of it.</summary>
    [Internal]
    public EquatableMap<long> Links { get; init; }

    /// <summary>Links to services that do not exist yet, "stack/service" by alias, from compose files.</summary>
    [Internal]
    public EquatableMap<string> OpenLinks { get; init; }

    /// <summary>True where its containers should run.</summary>
    [Internal]
    public bool Running { get; init; }

    [Field("c")]
    public LaunchConfig? LaunchConfig { get; init; }

    [Field("cu", Reconciles = true)]
    public LbTargetConfig? LbConfig { get; init; }

    [Field("cu", Type = "map[json]", Reconciles = true)]
    public RawJson? Metadata { get; init; }

    [Field("cu")]
    public EquatableArray<PublicEndpoint> PublicEndpoints { get; init; }

    [Field("cu", Reconciles = true)]
    public bool? RetainIp { get; init; }

    [Field("cu", Default = "1", Min = 0, Reconciles = true)]
    public long Scale { get; init; } = 1;

    [Field("cu", Reconciles = true)]
    public ScalePolicy? ScalePolicy { get; init; }

    [Field("c", NotNull = true)]
    public EquatableArray<SecondaryLaunchConfig> SecondaryLaunchConfigs { get; init; }

    [Field("cu", MaxLength = 4096, Reconciles = true, Filter = true)]
    public string? SelectorContainer { get; init; }

    [Field("cu", MaxLength = 4096, Reconciles = true, Filter = true)]
    public string? SelectorLink { get; init; }

    [Field("c", MaxLength = 255, Filter = true), Ref("stack"), Index]
    public long? StackId { get; init; }

    [Field("c", Default = "false")]
    public bool? StartOnCreate { get; init; }

    [Field("r", Default = "false", MaxLength = 255, Filter = true)]
    public bool System { get; init; }

    [Field("r")]
    public ServiceUpgrade? Upgrade { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public string? Vip { get; init; }
}

/// <summary>What was observed of a service.</summary>
public sealed record ServiceSeen : Seen
{
    [Field("r", NotNull = true)]
    public long? CurrentScale { get; init; }

    [Field("r")]
    public string? Fqdn { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? HealthState { get; init; }
}
