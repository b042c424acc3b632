using Drover.Model.Kernel;

namespace Drover.Model.Streams;

/// <summary>The token with which a host opens its side of the streams.</summary>
[Kind("hostApiProxyToken", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Allow(Roles.Agent, "cr")]
public sealed record HostApiProxyToken : Resource
{
    [Field("r", NotNull = true), For(Roles.Agent, "c")]
    public string? ReportedUuid { get; init; }

    [Field("r", NotNull = true), For(Roles.Agent, "r")]
    public string? Token { get; init; }

    [Field("r", NotNull = true), For(Roles.Agent, "r")]
    public string? Url { get; init; }
}
