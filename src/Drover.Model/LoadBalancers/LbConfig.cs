using Drover.Model.Kernel;

namespace Drover.Model.LoadBalancers;

/// <summary>What a load balancer does: port rules, certificates, stickiness.</summary>
[Struct("lbConfig")]
public sealed record LbConfig
{
    [Field("c", Reconciles = true), Ref("certificate")]
    public EquatableArray<long> CertificateIds { get; init; }

    [Field("c", Reconciles = true)]
    public string? Config { get; init; }

    [Field("c", Reconciles = true), Ref("certificate")]
    public long? DefaultCertificateId { get; init; }

    [Field("c", NotNull = true, Reconciles = true)]
    public EquatableArray<PortRule> PortRules { get; init; }

    [Field("c", Reconciles = true)]
    public LoadBalancerCookieStickinessPolicy? StickinessPolicy { get; init; }
}
