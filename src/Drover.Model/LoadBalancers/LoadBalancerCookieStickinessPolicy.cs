using Drover.Model.Kernel;

namespace Drover.Model.LoadBalancers;

/// <summary>Keeps a client at one target by a cookie.</summary>
[Struct("loadBalancerCookieStickinessPolicy", Methods = "cru")]
public sealed record LoadBalancerCookieStickinessPolicy
{
    [Field("cu", NotNull = true)]
    public string? Cookie { get; init; }

    [Field("cu", NotNull = true)]
    public string? Domain { get; init; }

    [Field("cu")]
    public bool? Indirect { get; init; }

    [Field("cu", Type = "enum", Default = "\"insert\"", Options = ["rewrite", "insert", "prefix"])]
    public string? Mode { get; init; } = "insert";

    [Field("cu")]
    public string? Name { get; init; }

    [Field("cu")]
    public bool? Nocache { get; init; }

    [Field("cu")]
    public bool? Postonly { get; init; }
}
