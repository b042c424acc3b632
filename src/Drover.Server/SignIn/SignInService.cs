using System.Net;
using System.Net.Sockets;
using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Audit;
using Drover.Server.Environments;
using Drover.Server.Settings;
using Drover.Server.SignIn.Configs;
using Drover.Server.SignIn.Sessions;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.SignIn;

/// <summary>A session that just began.</summary>
/// <param name="Key">What the browser keeps; it is stored nowhere.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Token">The session.</param>
public sealed record NewSession(string Key, Account Account, AuthToken Token);

/// <summary>Signs people in: asks the configured provider, finds the account, begins the session.</summary>
public sealed class SignInService(ResourceStore store, IdSource ids, SignInThrottle throttle, Func<HttpRequest, bool> admits, IReadOnlyList<ISignInProvider> providers)
{
    public IReadOnlyList<ISignInProvider> Providers => providers;

    /// <summary>The configured provider; null for none.</summary>
    public ISignInProvider? Configured(Snapshot view)
        => ProviderConfigs.Find(SettingsTable.Value(view, SignInSettings.Provider)) is { } config ? Of(config) : null;

    public ISignInProvider Of(ProviderConfig config) => providers.First(provider => provider.Config == config);

    /// <summary>Signs in with what somebody brought. Throws the provider's problem, 401, 403 or 429.</summary>
    public async Task<NewSession> SignInAsync(HttpRequest request, string code, CancellationToken cancel)
    {
        var view = store.Current;
        var provider = Configured(view) ?? throw new ProblemException(new Problem("NoAuthProvider", Message: "NoAuthProvider", Status: 500));
        var admitted = admits(request);
        CheckAdmission(view, admitted);
        var who = await CheckAsync(provider, new ProviderValues(provider.Config, view), code, request, cancel);
        return await BeginAsync(provider.Config, who, admitted, cancel);
    }

    /// <summary>Asks a provider, counting wrong tries.</summary>
    public async Task<SignedIn> CheckAsync(ISignInProvider provider, ProviderValues values, string code, HttpRequest request, CancellationToken cancel)
    {
        var (name, address) = (code.Split(':', 2)[0], AddressOf(request));
        throttle.Take(name, address);
        try
        {
            var who = await provider.SignInAsync(values, code, cancel);
            throttle.Right(name, address);
            return who;
        }
        catch (Exception failed) when (failed is not ProblemException { Problem.Status: 401 or 403 })
        {
            throttle.GiveBack(name, address);
            throw;
        }
    }

    /// <summary>Begins the session of somebody who proved who they are.</summary>
    /// <param name="config">Who vouched.</param>
    /// <param name="who">The person.</param>
    /// <param name="admitted">True where the person may act as the administrator while access control is off.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<NewSession> BeginAsync(ProviderConfig config, SignedIn who, bool admitted, CancellationToken cancel)
    {
        var key = ids.NewSecret();
        return await store.WriteAsync(
            tx =>
            {
                // Somebody may have changed the provider or switched access control off since the look above.
                if (ProviderConfigs.Find(SettingsTable.Value(tx.View, SignInSettings.Provider)) != config) throw SignInAccounts.Unauthorized();
                CheckAdmission(tx.View, admitted);
                var account = SignInAccounts.Enter(tx, config, who);
                var facts = new SessionFacts(who.User, who.Identities, who.TokenType, who.OriginalLogin, who.Subject);
                return new NewSession(key, account, SessionTable.Begin(tx, account.Id, config.Provider, facts, key));
            },
            cancel);
    }

    /// <summary>The person of a session, as the audit log names it.</summary>
    public static Caller CallerOf(long account) => new(Roles.None, account, account) { AuthType = "TokenAuth", Identity = Members.IdentityOf(account) };

    /// <summary>While access control is off a sign-in makes an administrator, so it is for those alone who may act as one already.</summary>
    private static void CheckAdmission(Snapshot view, bool admitted)
    {
        if (!SettingsTable.IsOn(view, SignInSettings.Enabled) && !admitted) throw SignInAccounts.Unauthorized();
    }

    /// <summary>Where a request comes from, as the audit log names it; people behind one proxy have their own. Of IPv6 it is the network of 64 bits: a line has all of its addresses.</summary>
    public static string AddressOf(HttpRequest request)
    {
        var client = AuditTrail.ClientIpOf(request.HttpContext);
        return IPAddress.TryParse(client, out var address) && address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? new IPNetwork(new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]), 64).ToString()
            : client ?? "";
    }
}
