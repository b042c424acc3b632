using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.SignIn.Configs;
using Drover.Server.SignIn.Ldap;
using Drover.Server.SignIn.Local;
using Drover.Server.SignIn.Memberships;
using Drover.Server.SignIn.Recovery;
using Drover.Server.SignIn.Saml;
using Drover.Server.SignIn.Sessions;
using Drover.Server.SignIn.Web;
using Microsoft.Extensions.Logging;

namespace Drover.Server.SignIn;

/// <summary>How people sign in: providers, sessions, passwords, identities.</summary>
internal static class SignInSlice
{
    public static void Register(ServerParts parts)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(15), MaxResponseContentBufferSize = 4 << 20 };
        var throttle = new SignInThrottle(parts.Time);
        var logins = new LocalLogins(parts.Ids);
        var policy = new PasswordPolicy(http, parts.Time);
        var (ask, browsers) = (new ProviderHttp(http), new BrowserLogins(parts.Ids, parts.Time, parts.Admits));
        var (oidc, saml) = (new OidcProvider(ask, http), new SamlProvider(http, parts.Time));
        var trust = TrustFolder(parts.Options);
        ISignInProvider[] providers =
        [
            new LocalProvider(logins), new LdapProvider(ProviderConfigs.OpenLdap, trust), new LdapProvider(ProviderConfigs.ActiveDirectory, trust),
            new AzureProvider(ask), new GitHubProvider(ask), oidc, saml,
        ];
        var signIn = new SignInService(parts.Store, parts.Ids, throttle, parts.Admits, providers);
        parts.Pieces
            .Add(new TokenEndpoint(signIn, parts.Store, parts.Time)).Add(new TokenAccountId())
            .Add(new IdentityEndpoint(signIn, parts.Store)).Add(new AccountIdentity())
            .Add(new LocalConfigEndpoint(parts.Store, logins, policy))
            .Add(new ConfigEndpoint(Catalog.All.Of<OpenLdapConfig>(), signIn, ProviderConfigs.OpenLdap, parts.Store))
            .Add(new ConfigEndpoint(Catalog.All.Of<AzureAdConfig>(), signIn, ProviderConfigs.Azure, parts.Store))
            .Add(new PasswordRules(logins, policy)).Add(new ChangeSecret(logins, policy, throttle));
        new AuthConfigRoutes(signIn, parts.Store, parts.Ids, parts.Audit).Register(parts);
        new OidcRoutes(signIn, oidc, browsers, parts.Store, parts.Audit, parts.Logs.CreateLogger<OidcRoutes>()).Register(parts);
        new SamlRoutes(parts, signIn, saml, browsers).Register();
        new SamlLogoutRoutes(parts, signIn, saml, browsers).Register();
        new RecoveryRoutes(parts, throttle).Register();
        parts.Repeat(new SessionSweeper(parts.Store, parts.Time));
        parts.Run(new MembershipRefresh(parts.Store, signIn, parts.Time, parts.Logs.CreateLogger<MembershipRefresh>()));
    }

    private static string? TrustFolder(ServerOptions options)
        => (options.TrustFolder ?? (options.DataFolder is { } data ? Path.Combine(data, "trust") : null)) is { } folder && Directory.Exists(folder) ? folder : null;
}
