using Drover.Model.Kernel;

namespace Drover.Model.Accounts;

/// <summary>A setting of one person, such as the page's theme.</summary>
[Kind("userPreference", Methods = "", Lifecycle = "userPreference")]
[Allow(Roles.Admin | Roles.User, "crud")]
[Allow(Roles.ReadAdmin, "r")]
public sealed record UserPreference : Resource
{
    [Field("r", Filter = true, FilterAs = "equal")]
    public bool All { get; init; }

    [Field("cu", MaxLength = 16777215, Filter = true)]
    public string? Value { get; init; }
}
