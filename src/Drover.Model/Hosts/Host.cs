using Drover.Model.Kernel;

namespace Drover.Model.Hosts;

/// <summary>A Linux machine with a Docker Engine.</summary>
[Kind("host", Methods = "rud", Seen = typeof(HostSeen), Lifecycle = "host", Reconciled = true)]
[Allow(Roles.Restricted, "r")]
[View("instanceIds", "array[reference[instance]]", "r")]
[View("publicEndpoints", "array[publicEndpoint]", "r")]
public sealed record Host : Resource
{
    [Field("i", MaxLength = 255, Filter = true), Ref("agent"), Index]
    public long? AgentId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public long? ComputeTotal { get; init; }

    [Field("c", MaxLength = 255, Filter = true), Ref("hostTemplate")]
    public long? HostTemplateId { get; init; }

    [Field("u", NotNull = true, Reconciles = true)]
    public EquatableMap<string> Labels { get; init; }

    [Field("cu", MaxLength = 255, Reconciles = true, Filter = true)]
    public long? LocalStorageMb { get; init; }

    [Field("cu", MaxLength = 255, Reconciles = true, Filter = true)]
    public long? Memory { get; init; }

    [Field("cu", MaxLength = 255, Reconciles = true, Filter = true)]
    public long? MilliCpu { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("physicalHost")]
    public long? PhysicalHostId { get; init; }

    [Field("-", NotNull = true)]
    public string? ReportedUuid { get; init; }

    [Field("c", MaxLength = 255, Filter = true), Ref("stack")]
    public long? StackId { get; init; }
}

/// <summary>What was observed of a host.</summary>
public sealed record HostSeen : Seen
{
    [Field("r")]
    public string? AgentIpAddress { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? AgentState { get; init; }

    [Field("c", Required = true, NotNull = true)]
    public string? Hostname { get; init; }

    [Field("r", NotNull = true)]
    public RawJson? Info { get; init; }
}
