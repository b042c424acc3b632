using Drover.Model.Kernel;

namespace Drover.Model.LoadBalancers;

/// <summary>One rule of a load balancer: from a source port, host and path to a target.</summary>
[Struct("portRule")]
public sealed record PortRule
{
    [Field("c")]
    public string? BackendName { get; init; }

    [Field("c")]
    public string? Environment { get; init; }

    [Field("c")]
    public string? Hostname { get; init; }

    [Field("c")]
    public string? Path { get; init; }

    [Field("c", Min = 1)]
    public long? Priority { get; init; }

    [Field("c", Type = "enum", NotNull = true, Default = "\"http\"", Options = ["http", "tcp", "https", "tls", "sni", "udp"])]
    public string? Protocol { get; init; } = "http";

    [Field("c")]
    public string? Region { get; init; }

    [Field("c")]
    public string? Selector { get; init; }

    [Field("c"), Ref("service")]
    public long? ServiceId { get; init; }

    [Field("c", Required = true, Min = 1, Max = 65535)]
    public long? SourcePort { get; init; }

    [Field("c", Min = 1, Max = 65535)]
    public long? TargetPort { get; init; }

    [Field("c", Min = 0, Max = 256)]
    public long? Weight { get; init; }
}
