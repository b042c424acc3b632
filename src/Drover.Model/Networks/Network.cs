using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>A network of an environment.</summary>
[Kind("network", Lifecycle = "simple")]
[View("domain", "string", "-", MaxLength = 128, Filter = true)]
[View("isPublic", "boolean", "-", NotNull = true, MaxLength = 255, Filter = true)]
[View("macPrefix", "string", "-", NotNull = true)]
public record Network : Resource
{
    [Field("cu", Type = "enum", Default = "\"allow\"", Options = ["allow", "deny"], NotNull = true, Reconciles = true)]
    public string? DefaultPolicyAction { get; init; } = "allow";

    [Field("c", NotNull = true)]
    public EquatableArray<string> Dns { get; init; }

    [Field("c", NotNull = true)]
    public EquatableArray<string> DnsSearch { get; init; }

    [Field("c")]
    public bool HostPorts { get; init; }

    [Field("cu", Type = "map[json]", NotNull = true)]
    public RawJson? Metadata { get; init; }

    [Field("c", Required = true, MaxLength = 255, NotNull = true, Filter = true), Ref("networkDriver")]
    public long? NetworkDriverId { get; init; }

    [Field("cu", Reconciles = true)]
    public EquatableArray<NetworkPolicyRule> Policy { get; init; }

    [Field("c", NotNull = true)]
    public EquatableArray<Subnet> Subnets { get; init; }
}
