using System.Collections.Immutable;
using Drover.Server.Settings;
using Drover.Server.SignIn.Configs;

namespace Drover.Server.SignIn;

/// <summary>The settings of access control, those of all providers included (SET-03).</summary>
public static class SignInSettings
{
    public const string Enabled = "api.security.enabled";
    public const string Provider = "api.auth.provider.configured";
    public const string Expiry = "api.auth.jwt.token.expiry";
    public const string OneSession = "api.auth.restrict.concurrent.sessions";
    public const string Enabler = "api.auth.enabler";
    public const string PasswordLength = "api.auth.local.password.min.length";
    public const string ValidatorUrl = "api.auth.local.validate.url";
    public const string ValidatorTimeout = "api.auth.local.validate.timeout.milliseconds";
    public const string CreateProject = "project.create.default";
    /// <summary>Seconds between two times that people's groups are asked for anew; 0 never asks.</summary>
    public const string MembershipRefresh = "api.auth.membership.refresh.seconds";
    public const string SamlReturns = "api.auth.shibboleth.redirect.whitelist";
    public const string ExternalProvider = "api.auth.external.provider.configured";

    /// <summary>All of them with their defaults.</summary>
    public static ImmutableArray<SettingDefinition> Known { get; } =
    [
        new(Enabled, "false"),
        new(Provider, ""),
        new(Expiry, "57600000"),
        new(OneSession, "false"),
        new(Enabler, ""),
        new(PasswordLength, "8"),
        new(ValidatorUrl, ""),
        new(ValidatorTimeout, "5000"),
        new("api.auth.local.validate.description", "", IsPublic: true),
        new(ExternalProvider, "", IsPublic: true),
        new("api.auth.realm", ""),
        new(MembershipRefresh, "300"),
        new(SamlReturns, ""),
        new(CreateProject, "true"),
        .. ProviderConfigs.All.SelectMany(config => config.Fields).Select(field => new SettingDefinition(field.Setting, field.Default, IsSecret: field.IsSecret)),
    ];
}
