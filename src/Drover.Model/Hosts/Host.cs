using Drover.Model.Kernel;

namespace Drover.Model.Hosts;

/// <summary>A Linux machine with a Docker Engine.</summary>
[Kind("host", PrunesFilters = true, Methods = "rud", Seen = typeof(HostSeen), Lifecycle = "host", Reconciled = true, ActionRoles = Roles.Everyone & ~Roles.Readers & ~Roles.Restricted | Roles.ReadAdmin)]
[Allow(Roles.Restricted, "r")]
[Action("forget", IsOwn = true)]
[View("instanceIds", "array[reference[instance]]", "r", NotNull = true)]
[View("publicEndpoints", "array[publicEndpoint]", "r")]
[View("apiProxy", "string", "i", For = Roles.Platform, ForAccess = "u")]
[View("computeFree", "int", "-", MaxLength = 255, Filter = true)]
[View("driver", "string", "-", NotNull = true)]
[View("isPublic", "boolean", "-", NotNull = true, MaxLength = 255, Filter = true)]
[View("removeAfter", "date", "-", MaxLength = 255, Filter = true)]
[View("uri", "string", "-", MaxLength = 255, Filter = true)]
[View("zoneId", "reference[zone]", "-", MaxLength = 255, Filter = true)]
[Action("delete", Output = "", Roles = Roles.Everyone & ~Roles.Readers & ~Roles.Restricted | Roles.ReadAdmin)]
[Action("dockersocket", Output = "hostAccess", Roles = Roles.Everyone & ~Roles.Readers & ~Roles.Restricted | Roles.ReadAdmin)]
[Action("evacuate", Roles = Roles.Everyone & ~Roles.Readers & ~Roles.Restricted | Roles.ReadAdmin)]
[Action("upgrade", Output = "", Roles = Roles.Everyone & ~Roles.Readers & ~Roles.Restricted | Roles.ReadAdmin)]
public sealed record Host : Resource
{
    /// <summary>The agent that speaks for it.</summary>
    [Field("i", MaxLength = 255, Filter = true), Ref("agent"), Index]
    public long? AgentId { get; init; }

    /// <summary>The blocks of the managed network that are leased to it, such as "10.42.0.64/26", the oldest first.</summary>
    [Internal]
    public EquatableArray<string> AddressBlocks { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public long? ComputeTotal { get; init; }

    [Field("c", MaxLength = 255, Filter = true), Ref("hostTemplate")]
    public long? HostTemplateId { get; init; }

    /// <summary>Labels that scheduling rules match.</summary>
    [Field("u", NotNull = true, Reconciles = true)]
    public EquatableMap<string> Labels { get; init; }

    /// <summary>Disk that the scheduler may hand out, in MB; what the machine has where not set.</summary>
    [Field("cu", MaxLength = 255, Reconciles = true, Filter = true)]
    public long? LocalStorageMb { get; init; }

    /// <summary>Memory that the scheduler may hand out, in bytes; what the machine has where not set.</summary>
    [Field("cu", MaxLength = 255, Reconciles = true, Filter = true)]
    public long? Memory { get; init; }

    /// <summary>Thousandths of processors that the scheduler may hand out; what the machine has where not set.</summary>
    [Field("cu", MaxLength = 255, Reconciles = true, Filter = true)]
    public long? MilliCpu { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("physicalHost")]
    public long? PhysicalHostId { get; init; }

    /// <summary>The uuid that the agent made for the machine.</summary>
    [Field("-", NotNull = true), Index]
    public string? ReportedUuid { get; init; }

    [Field("c", MaxLength = 255, Filter = true), Ref("stack")]
    public long? StackId { get; init; }
}

/// <summary>What was observed of a host.</summary>
public sealed record HostSeen : Seen
{
    /// <summary>The address other machines reach it by.</summary>
    [Field("r")]
    public string? AgentIpAddress { get; init; }

    /// <summary>The state of its agent where that differs from the host's.</summary>
    [Field("r", MaxLength = 128, Filter = true)]
    public string? AgentState { get; init; }

    /// <summary>The name the machine has for itself.</summary>
    [Field("c", Required = true, NotNull = true)]
    public string? Hostname { get; init; }

    /// <summary>Facts of the machine and its engine.</summary>
    [Field("r", NotNull = true)]
    public RawJson? Info { get; init; }
}
