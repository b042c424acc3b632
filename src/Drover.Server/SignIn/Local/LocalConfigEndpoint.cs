using Drover.Model.Accounts;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;
using Drover.Server.Api.Writes;
using Drover.Server.Settings;
using Drover.Server.SignIn.Configs;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.SignIn.Local;

/// <summary>`localauthconfig`: switches local sign-in on and off, and sets the first administrator's login (AUTH-07).</summary>
public sealed class LocalConfigEndpoint(ResourceStore store, LocalLogins logins, PasswordPolicy policy) : IKindEndpoint
{
    public string Kind => "localAuthConfig";

    public async Task<EndpointOutcome> AnswerAsync(ApiCall call, KindView kind, HttpRequest request, CancellationToken cancel)
    {
        if (call.Path.Id is not null) throw new ProblemException(Problem.NotFound());
        if (call.Method == "GET") return EndpointOutcome.Of([Current(store.Current)]);
        var body = (await BodyReader.ReadAsync(request, call.Query, cancel))[0];
        var asked = (LocalAuthConfig)RecordBinder.Create(kind, body, new Coercion(call.Catalog, (_, _) => null));
        var login = await PrepareAsync(asked, cancel);
        await store.WriteAsync(tx => Apply(tx, asked, login), cancel);
        return EndpointOutcome.Of(Current(store.Current) with { Username = asked.Username, Name = asked.Name, Password = null }, 201);
    }

    private sealed record Login(Entry? Known, string? Hash);

    /// <summary>What takes long, before the write: the known password is compared, or the new one hashed.</summary>
    private async Task<Login?> PrepareAsync(LocalAuthConfig asked, CancellationToken cancel)
    {
        if (asked.Enabled is null || string.IsNullOrEmpty(asked.Username)) return null;
        var view = store.Current;
        if (LocalLogins.Find(view, asked.Username) is { } known)
            return await logins.MatchesAsync(known, asked.Password ?? "", cancel) ? new Login(known, null) : throw new ProblemException(new Problem("IncorrectPassword", Message: "IncorrectPassword", Status: 401));
        if (asked.Username.Contains(':', StringComparison.Ordinal)) throw new ProblemException(new Problem("InvalidCharacters", "username"));
        await policy.CheckAsync(view, asked.Username, asked.Password, "password", cancel);
        return new Login(null, await logins.HashAsync(asked.Password!, cancel));
    }

    private static void Apply(WriteTx tx, LocalAuthConfig asked, Login? login)
    {
        if (asked.AccessMode is not null and not (SiteAccess.Unrestricted or SiteAccess.Restricted or SiteAccess.Required)) throw new ProblemException(new Problem("InvalidOption", "accessMode"));
        if (login is { Known: { } known }) tx.Expect(known);
        else if (login is { Hash: { } hash }) SetFirstLogin(tx, asked, hash);
        if (asked.Enabled == true && !HasAdministrator(tx.View)) throw new ProblemException(new Problem("MissingRequired", "username", "No administrator has a password yet: name one, or nobody could sign in"));
        SettingsTable.Set(tx, SignInSettings.Enabled, asked.Enabled == true ? "true" : "false");
        SettingsTable.Set(tx, SignInSettings.Provider, asked.Enabled is null ? "none" : ProviderConfigs.Local.Provider);
        SettingsTable.Set(tx, SignInSettings.ExternalProvider, "false");
        SettingsTable.Set(tx, ProviderConfigs.Local.Find(ProviderConfig.AccessMode)!.Setting, asked.AccessMode ?? SiteAccess.Unrestricted);
    }

    /// <summary>Gives the first administrator this login in place of any that it had.</summary>
    private static void SetFirstLogin(WriteTx tx, LocalAuthConfig asked, string hash)
    {
        if (LocalLogins.Find(tx.View, asked.Username!) is not null) throw new ProblemException(new Problem("UsernameIsTaken", Message: "UsernameIsTaken", Status: 409));
        var admin = SignInAccounts.FirstAdmin(tx.View);
        foreach (var old in tx.View.By<Password>("accountId", admin.Id).Where(e => !e.IsRemoved).ToList()) tx.Bury(old, TimeSpan.Zero);
        tx.Create(new Password { AccountId = admin.Id, PublicValue = asked.Username, SecretHash = hash, Name = asked.Username }, new PlainSeen { State = "active", Generation = 1 });
        if (asked.Name is { Length: > 0 } name && name != admin.Name) tx.Put(admin with { Name = name });
    }

    private static bool HasAdministrator(Snapshot view)
        => view.All<Password>().Any(e => e is { IsRemoved: false, State: "active" or "updating-active", Wanted.AccountId: { } id }
            && view.Find<Account>(id) is { Wanted: Account { Kind: "admin" } } account && SignInAccounts.IsActive(account));

    private static LocalAuthConfig Current(Snapshot view) => new()
    {
        Username = "",
        Name = "",
        Password = "",
        AccessMode = SettingsTable.Value(view, ProviderConfigs.Local.Find(ProviderConfig.AccessMode)!.Setting),
        Enabled = SettingsTable.IsOn(view, SignInSettings.Enabled) && ProviderConfigs.Find(SettingsTable.Value(view, SignInSettings.Provider)) == ProviderConfigs.Local,
    };
}
