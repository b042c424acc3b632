using Drover.Model.Kernel;

namespace Drover.Model.Accounts;

/// <summary>Settings of the Azure AD sign-in provider.</summary>
[Kind("azureadconfig", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform, "cru")]
[Allow(Roles.ReadAdmin, "r")]
[Inherited("name", "cu", NotNull = true)]
public sealed record AzureAdConfig : Resource, IOwnId
{
    /// <summary>There is one, and it has no id.</summary>
    public string? WireId => null;

    [Field("c", NotNull = true, Required = true, Default = "\"unrestricted\"")]
    public string? AccessMode { get; init; } = "unrestricted";

    [Field("co", MinLength = 1, Secret = true)]
    public string? AdminAccountPassword { get; init; }

    [Field("c", MinLength = 1)]
    public string? AdminAccountUsername { get; init; }

    [Field("c")]
    public string? ClientId { get; init; }

    [Field("c")]
    public string? Domain { get; init; }

    [Field("c")]
    public bool? Enabled { get; init; }

    [Field("c")]
    public string? TenantId { get; init; }
}
