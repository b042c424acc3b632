using Drover.Model.Kernel;

namespace Drover.Model.Clusters;

/// <summary>What a configuration for several servers is made from.</summary>
[Kind("haConfigInput", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform, "cr")]
[Allow(Roles.ReadAdmin, "r")]
public sealed record HaConfigInput : Resource
{
    [Field("c")]
    public string? Cert { get; init; }

    [Field("c")]
    public string? CertChain { get; init; }

    [Field("c", Default = "3", Min = 1, Max = 65535)]
    public long ClusterSize { get; init; } = 3;

    [Field("c", NotNull = true, Required = true)]
    public string? HostRegistrationUrl { get; init; }

    [Field("c", Default = "true")]
    public bool HttpEnabled { get; init; } = true;

    [Field("c", Default = "80", Min = 1, Max = 65535)]
    public long? HttpPort { get; init; } = 80;

    [Field("c", Default = "443", Min = 1, Max = 65535)]
    public long HttpsPort { get; init; } = 443;

    [Field("c")]
    public string? Key { get; init; }

    [Field("c", Default = "81", Min = 1, Max = 65535)]
    public long? PpHttpPort { get; init; } = 81;

    [Field("c", Default = "444", Min = 1, Max = 65535)]
    public long PpHttpsPort { get; init; } = 444;

    [Field("c", Default = "6379", Min = 1, Max = 65535)]
    public long RedisPort { get; init; } = 6379;

    [Field("c", Default = "true")]
    public bool SwarmEnabled { get; init; } = true;

    [Field("c", Default = "2376", Min = 1, Max = 65535)]
    public long? SwarmPort { get; init; } = 2376;

    [Field("c", Default = "2181", Min = 1, Max = 65535)]
    public long ZookeeperClientPort { get; init; } = 2181;

    [Field("c", Default = "3888", Min = 1, Max = 65535)]
    public long ZookeeperLeaderPort { get; init; } = 3888;

    [Field("c", Default = "2888", Min = 1, Max = 65535)]
    public long ZookeeperQuorumPort { get; init; } = 2888;
}
