using Drover.Model.Kernel;

namespace Drover.Model.Accounts;

/// <summary>Settings of the local sign-in provider.</summary>
[Kind("localAuthConfig", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform, "cr")]
[Allow(Roles.ReadAdmin, "r")]
[Inherited("name", "c", Default = "\"admin\"")]
public sealed record LocalAuthConfig : Resource, IOwnId
{
    /// <summary>There is one, and it has no id.</summary>
    public string? WireId => null;

    [Field("c", Default = "\"unrestricted\"")]
    public string? AccessMode { get; init; } = "unrestricted";

    [Field("c")]
    public bool? Enabled { get; init; }

    [Field("co", Type = "password", NotNull = true, Required = true, Secret = true)]
    public string? Password { get; init; }

    [Field("c", NotNull = true, Required = true)]
    public string? Username { get; init; }
}
