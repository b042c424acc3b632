using Drover.Model.Kernel;

namespace Drover.Model.Clusters;

/// <summary>Another installation whose environments may be linked to.</summary>
[Kind("region", Methods = "r", Lifecycle = "simple")]
[Allow(Roles.Platform, "crud")]
[Inherited("data", "i", MaxLength = 65535)]
[Inherited("name", "r", NotNull = true, Required = true, Unique = true, MaxLength = 255, Filter = true, Reconciles = true, For = Roles.Platform, ForAccess = "c")]
public sealed record Region : Resource
{
    [Field("r", Default = "false", MaxLength = 255, Filter = true, Reconciles = true), For(Roles.Platform, "cu")]
    public bool? Local { get; init; }

    [Field("i", NotNull = true, Required = true, MaxLength = 255, Filter = true, Reconciles = true), For(Roles.Platform, "cu")]
    public string? PublicValue { get; init; }

    [Field("cuo", NotNull = true, Required = true, MaxLength = 255, Filter = true, Reconciles = true, Secret = true), For(Roles.Users | Roles.ReadOnly, "-")]
    public string? SecretValue { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Platform, "cu")]
    public string? Url { get; init; }
}
