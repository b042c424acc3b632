using System.Text.Json;
using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.SignIn;
using Drover.Server.SignIn.Sessions;
using Drover.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Drover.Server.SignIn.Recovery;

/// <summary>`/recover`: takes the secret that `drover server recover` printed and opens a session of the administrator, whatever provider is configured.</summary>
public sealed partial class RecoveryRoutes(ServerParts parts, SignInThrottle throttle)
{
    private static readonly SecretPage Page = new(
        "/recover", "Drover recovery", "Paste the secret that <code>drover server recover</code> printed.", "That is not the secret, or its time is over.");

    private readonly ILogger _log = parts.Logs.CreateLogger<RecoveryRoutes>();

    public void Register() => Page.Register(parts, EnterAsync);

    private async Task EnterAsync(HttpContext http)
    {
        var address = SignInService.AddressOf(http.Request);
        throttle.Take("recovery", address);
        var secret = await SecretPage.ReadAsync(http.Request);
        if (parts.Options.DataFolder is not { } folder || !RecoverySecret.Use(folder, secret, parts.Time.GetUtcNow()))
            throw SignInAccounts.Unauthorized();

        throttle.Right("recovery", address);
        var key = parts.Ids.NewSecret();
        var admin = await parts.Store.WriteAsync(tx => Open(tx, key), http.RequestAborted);
        Recovered(_log, address, admin.Name);
        await parts.Audit.NoteSessionAsync(http, SignInService.CallerOf(admin.Id), "create");
        http.Response.Cookies.Append(SessionKeys.Cookie, key, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Web.BrowserLogins.IsSecure(http.Request), Path = "/" });
        await SecretPage.SendAsync(http, "application/json", JsonSerializer.Serialize(new { type = "token", jwt = key }));
    }

    /// <summary>A session of the first administrator; where none is active, the built-in one is again.</summary>
    private static Account Open(WriteTx tx, string key)
    {
        if (!tx.View.All<Account>().Any(e => SignInAccounts.IsActive(e) && e.Wanted is Account { Kind: "admin" }))
        {
            var builtIn = tx.View.Find<Account>(FirstStart.AdminId) ?? throw new ProblemException(Problem.NotFound());
            tx.Put((Account)builtIn.Wanted with { Kind = "admin", RemoveRequested = false });
            tx.PutSeen(builtIn.Kind.Family, builtIn.Id, builtIn.Seen with { State = "active", Generation = builtIn.Wanted.Generation, Failed = false });
        }

        var admin = SignInAccounts.FirstAdmin(tx.View);
        var self = Identities.Own(admin, null);
        SessionTable.Begin(tx, admin.Id, SessionTable.Recovery, new SessionFacts(self, [self], "recovery", null), key);
        return admin;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recovery secret was used from {Address}: signed in as {Name}")]
    private static partial void Recovered(ILogger log, string address, string? name);
}
