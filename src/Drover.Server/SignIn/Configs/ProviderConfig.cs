using System.Collections.Immutable;

namespace Drover.Server.SignIn.Configs;

/// <summary>One field of a provider's configuration and the setting that keeps it.</summary>
/// <param name="Name">Its wire name in the configuration.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Default">The value where none is set.</param>
/// <param name="IsSecret">True where it can be written and not read (AUTH-22).</param>
/// <param name="Required">True where the provider cannot work without it.</param>
/// <param name="BySetting">True where the setting alone sets it, and no configuration names it.</param>
public sealed record ConfigField(string Name, string Setting, string Default = "", bool IsSecret = false, bool Required = false, bool BySetting = false);

/// <summary>What a sign-in provider is configured with (api-auth.md section 6).</summary>
/// <param name="Provider">The value of <see cref="SignInSettings.Provider"/>.</param>
/// <param name="Section">Its part in the resource of `/v1-auth/config`; null where it has a resource of its own.</param>
/// <param name="UserType">The identity type of people.</param>
/// <param name="GroupTypes">The identity types of groups.</param>
/// <param name="Fields">All fields, access mode and allowed identities included.</param>
public sealed record ProviderConfig(string Provider, string? Section, string UserType, ImmutableArray<string> GroupTypes, ImmutableArray<ConfigField> Fields)
{
    public const string AccessMode = "accessMode";
    public const string AllowedIdentities = "allowedIdentities";

    /// <summary>True where identities of the type come from this provider.</summary>
    public bool Knows(string identityType) => identityType == UserType || GroupTypes.Contains(identityType);

    /// <summary>The field of a wire name; null where there is none.</summary>
    public ConfigField? Find(string name) => Fields.FirstOrDefault(field => field.Name == name);
}
