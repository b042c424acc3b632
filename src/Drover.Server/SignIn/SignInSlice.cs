using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.SignIn.Configs;
using Drover.Server.SignIn.Ldap;
using Drover.Server.SignIn.Local;
using Drover.Server.SignIn.Sessions;

namespace Drover.Server.SignIn;

/// <summary>How people sign in: providers, sessions, passwords, identities.</summary>
internal static class SignInSlice
{
    public static void Register(ServerParts parts)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(15), MaxResponseContentBufferSize = 4 << 20 };
        var throttle = new SignInThrottle(parts.Time);
        var logins = new LocalLogins(parts.Ids);
        var policy = new PasswordPolicy(http);
        var trust = TrustFolder(parts.Options);
        ISignInProvider[] providers =
        [
            new LocalProvider(logins), new LdapProvider(ProviderConfigs.OpenLdap, trust), new LdapProvider(ProviderConfigs.ActiveDirectory, trust),
        ];
        var signIn = new SignInService(parts.Store, parts.Ids, throttle, parts.Admits, providers);
        parts.Pieces
            .Add(new TokenEndpoint(signIn, parts.Store, parts.Time)).Add(new TokenAccountId())
            .Add(new IdentityEndpoint(signIn, parts.Store)).Add(new AccountIdentity())
            .Add(new LocalConfigEndpoint(parts.Store, logins, policy))
            .Add(new ConfigEndpoint(Catalog.All.Of<OpenLdapConfig>(), signIn, ProviderConfigs.OpenLdap, parts.Store))
            .Add(new PasswordRules(logins, policy)).Add(new ChangeSecret(logins, policy, throttle));
        parts.Run(new SessionSweeper(parts.Store, parts.Time));
    }

    private static string? TrustFolder(ServerOptions options)
        => (options.TrustFolder ?? (options.DataFolder is { } data ? Path.Combine(data, "trust") : null)) is { } folder && Directory.Exists(folder) ? folder : null;
}
