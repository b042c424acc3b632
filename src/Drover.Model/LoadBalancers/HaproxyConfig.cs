using Drover.Model.Kernel;

namespace Drover.Model.LoadBalancers;

/// <summary>Text of HAProxy's own configuration.</summary>
[Struct("haproxyConfig", Methods = "")]
public sealed record HaproxyConfig
{
    [Field("r")]
    public string? Defaults { get; init; }

    [Field("r")]
    public string? Global { get; init; }
}
