using Drover.Model.Accounts;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.SignIn.Configs;
using Drover.Store;

namespace Drover.Server.SignIn.Local;

/// <summary>Accounts of Drover's own, with passwords that it keeps itself.</summary>
public sealed class LocalProvider(LocalLogins logins) : ISignInProvider
{
    public ProviderConfig Config => ProviderConfigs.Local;

    public async Task<SignedIn> SignInAsync(ProviderValues values, string code, CancellationToken cancel)
    {
        if (code.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon)) throw new ProblemException(Problem.Forbidden("The code is \"user:password\""));
        var entry = LocalLogins.Find(values.View, code[..colon]);
        if (!await logins.MatchesAsync(entry, code[(colon + 1)..], cancel)) throw SignInAccounts.Unauthorized();
        if (entry?.Wanted is not Password { AccountId: { } id } password || values.View.Find<Account>(id) is not { Wanted: Account account } found || !SignInAccounts.IsActive(found))
            throw SignInAccounts.Unauthorized();
        var user = Identities.Own(account, password.PublicValue);
        return new SignedIn(user, [user], "localAuthJWT");
    }

    public Task<IReadOnlyList<Identity>> SearchAsync(ProviderValues values, string text, bool exact, CancellationToken cancel)
        => Task.FromResult<IReadOnlyList<Identity>>(
        [
            .. values.View.All<Password>()
                .Where(e => e is { IsRemoved: false, Wanted: Password { PublicValue: { } login } } && Fits(login, text, exact))
                .Select(e => (Password)e.Wanted)
                .Select(p => values.View.Find<Account>(p.AccountId) is { IsRemoved: false, Wanted: Account account } ? Identities.Own(account, p.PublicValue) : null)
                .OfType<Identity>(),
        ]);

    public Task<Identity?> FindAsync(ProviderValues values, string type, string externalId, CancellationToken cancel)
        => Task.FromResult(ResourceId.TryParse(externalId, out var id) || long.TryParse(externalId, out id) ? Of(values.View, id) : null);

    /// <summary>The identity of an account; null where there is none.</summary>
    public static Identity? Of(Snapshot view, long account)
        => view.Find<Account>(account) is { IsRemoved: false, Wanted: Account found }
            ? Identities.Own(found, view.By<Password>("accountId", account).Where(e => !e.IsRemoved).Select(e => ((Password)e.Wanted).PublicValue).FirstOrDefault())
            : null;

    private static bool Fits(string login, string text, bool exact)
        => exact ? login.Equals(text, StringComparison.OrdinalIgnoreCase) : login.Contains(text, StringComparison.OrdinalIgnoreCase);
}
