using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.Writes;
using Drover.Server.Settings;
using Drover.Server.SignIn.Saml;
using Drover.Store;

namespace Drover.Server.SignIn.Sessions;

/// <summary>What a session remembers of the sign-in.</summary>
public sealed record SessionFacts(Identity User, IReadOnlyList<Identity> Identities, string TokenType, string? OriginalLogin, SamlSubject? Subject = null);

/// <summary>The stored sessions: begun at a sign-in, found by their key, ended by sign-out, time, or a newer one.</summary>
public static class SessionTable
{
    /// <summary>The provider of a session that a recovery secret opened; it holds whatever provider is configured.</summary>
    public const string Recovery = "recovery";

    private static readonly TimeSpan DefaultLife = TimeSpan.FromHours(16);

    /// <summary>Begins a session; the older ones of the account end where only one is allowed.</summary>
    /// <param name="tx">The write.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="provider">Who vouched.</param>
    /// <param name="facts">What is remembered.</param>
    /// <param name="key">The new key; its hash is stored.</param>
    public static AuthToken Begin(WriteTx tx, long account, string provider, SessionFacts facts, string key)
    {
        foreach (var old in Of(tx.View, account).ToList())
            if (Token(old).Expires <= tx.Now || SettingsTable.IsOn(tx.View, SignInSettings.OneSession))
                End(tx, old);
        return tx.Create(new AuthToken
        {
            AccountId = account,
            AuthenticatedAsAccountId = account,
            Expires = EndOf(tx),
            Key = SessionKeys.Hash(key),
            Provider = provider,
            Value = JsonSerializer.Serialize(facts, ModelJson.Options),
            Version = "v1",
        });
    }

    /// <summary>When a session that begins now is over.</summary>
    public static DateTimeOffset EndOf(WriteTx tx) => tx.Now + Life(tx.View);

    /// <summary>Lets a session remember what the person is now.</summary>
    public static void Renew(WriteTx tx, Entry session, ImmutableArray<Identity> groups)
    {
        var facts = FactsOf(session);
        tx.Put(Token(session) with { Value = JsonSerializer.Serialize(facts with { Identities = [facts.User, .. groups] }, ModelJson.Options) });
    }

    /// <summary>The session of a key; null where there is none or its time is over.</summary>
    public static Entry? Find(Snapshot view, string? key, DateTimeOffset now)
        => key is { Length: > 0 and <= 4096 } && view.By<AuthToken>("key", SessionKeys.Hash(key)).FirstOrDefault(e => IsSession(e) && Token(e).Expires > now) is { } found ? found : null;

    /// <summary>The sessions of an account.</summary>
    public static IEnumerable<Entry> Of(Snapshot view, long account) => view.By<AuthToken>("accountId", account).Where(IsSession);

    /// <summary>Ends a session at once.</summary>
    public static void End(WriteTx tx, Entry session) => tx.Bury(session, TimeSpan.Zero);

    /// <summary>What a session remembers.</summary>
    public static SessionFacts FactsOf(Entry session) => JsonSerializer.Deserialize<SessionFacts>(Token(session).Value!, ModelJson.Options)!;

    /// <summary>False for rows that no sign-in made: a superadmin may write any.</summary>
    private static bool IsSession(Entry entry) => !entry.IsRemoved && Token(entry) is { Value: not null, Provider: not null };

    private static AuthToken Token(Entry entry) => (AuthToken)entry.Wanted;

    private static TimeSpan Life(Snapshot view)
        => long.TryParse(SettingsTable.Value(view, SignInSettings.Expiry), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is > 0 and < 100L * 365 * 24 * 3600 * 1000
            ? TimeSpan.FromMilliseconds(milliseconds)
            : DefaultLife;
}
