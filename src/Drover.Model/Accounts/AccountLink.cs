using Drover.Model.Kernel;

namespace Drover.Model.Accounts;

/// <summary>A link between the environments of two installations.</summary>
[Kind("accountLink", Methods = "crd", Lifecycle = "simple")]
[Allow(Roles.Users | Roles.ReadOnly, "")]
[Inherited("accountId", "r", MaxLength = 255, Filter = true, For = Roles.Service, ForAccess = "c")]
[Inherited("data", "r", MaxLength = 65535)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
public sealed record AccountLink : Resource
{
    [Field("r", MaxLength = 255, Filter = true), For(Roles.Service, "c")]
    public bool? External { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Service, "c")]
    public string? LinkedAccount { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("account")]
    public long? LinkedAccountId { get; init; }

    [Field("r", NotNull = true, Default = "false"), For(Roles.Service, "c")]
    public string? LinkedAccountUuid { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Service, "c")]
    public string? LinkedRegion { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("region"), For(Roles.Service, "c")]
    public long? LinkedRegionId { get; init; }
}
