using System.Diagnostics.Metrics;
using System.Globalization;
using Drover.Model.Accounts;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Settings;
using Drover.Server.SignIn.Configs;
using Drover.Server.SignIn.Sessions;
using Drover.Store;
using Microsoft.Extensions.Logging;

namespace Drover.Server.SignIn.Memberships;

/// <summary>
/// Asks the sign-in provider again and again what those are who may act: who left a group loses what it gave without signing in again.
/// Requests never wait for it, and a provider that does not answer takes nobody's rights away. Meter "Drover.SignIn".
/// </summary>
public sealed partial class MembershipRefresh(ResourceStore store, SignInService signIn, TimeProvider time, ILogger<MembershipRefresh> log) : IBackgroundWork, IDisposable
{
    /// <summary>Between two rounds where the setting says that nobody is asked about: what holds then has an end.</summary>
    private static readonly TimeSpan Unasked = TimeSpan.FromMinutes(5);

    /// <summary>A setting that was changed holds after this time at the latest.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>So many people in a row for whom the provider does not answer end a round; the next one begins behind them.</summary>
    private const int Patience = 3;

    private readonly Meter _meter = new("Drover.SignIn");
    private bool _isSilent;
    private long _lastAsked;

    public string Name => "MembershipRefresh";

    private Counter<long> Rounds => field ??= _meter.CreateCounter<long>("drover.signin.refreshes", "rounds", "Times that people's groups were asked for, by how it ended");

    public async Task RunAsync(CancellationToken cancel)
    {
        var last = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(Every() is { } soon && soon < Look ? soon : Look, time, cancel);
            if (time.GetElapsedTime(last) < (Every() ?? Unasked)) continue;
            await RefreshAsync(cancel);
            last = time.GetTimestamp();
        }
    }

    /// <summary>One round over all who have a session or a key.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        var view = store.Current;
        if (!SettingsTable.IsOn(view, SignInSettings.Enabled) || signIn.Configured(view) is not { } provider) return;
        var values = new ProviderValues(provider.Config, view);
        var answers = new List<MembershipAnswer>();
        Problem? silence = null;
        var missed = 0;
        foreach (var person in PeopleOf(view).OrderBy(person => person.Id <= _lastAsked).ThenBy(person => person.Id))
        {
            if (person.ExternalIdType != provider.Config.UserType || Every() is null)
            {
                answers.Add(new(person, null));
                continue;
            }

            _lastAsked = person.Id;
            try
            {
                answers.Add(new(person, await provider.AskAsync(values, person.ExternalId!, cancel)));
                missed = 0;
            }
            catch (ProblemException silent)
            {
                // That one keeps what it has; so do the others where the provider is down.
                silence = silent.Problem;
                missed = silent.Problem.Status >= 500 ? missed + 1 : 0;
                if (missed == Patience) break;
            }
        }

        Told(provider.Config.Provider, silence);
        var now = time.GetUtcNow();
        var plan = MembershipPlan.Of(answers, account => EndOf(view, account, now));
        if (plan.Disbelieved > 0) Disbelieved(log, provider.Config.Provider, plan.Disbelieved);
        foreach (var part in plan.Changed.Chunk(100)) await store.WriteAsync(tx => Write(tx, part), cancel);
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Those of any provider who can act: with a session or an API key of their own.</summary>
    private static List<Account> PeopleOf(Snapshot view)
        => [.. view.All<Account>()
            .Where(e => SignInAccounts.IsActive(e) && e.Wanted is Account { ExternalId.Length: > 0, ExternalIdType.Length: > 0 })
            .Where(e => SessionTable.Of(view, e.Id).Any() || view.By<ApiKey>("accountId", e.Id).Any(key => !key.IsRemoved))
            .Select(e => (Account)e.Wanted)];

    private static DateTimeOffset EndOf(Snapshot view, long account, DateTimeOffset now)
        => SessionTable.Of(view, account).Select(s => ((AuthToken)s.Wanted).Expires ?? now).DefaultIfEmpty(now).Max();

    private static void Write(WriteTx tx, MembershipChange[] changes)
    {
        foreach (var change in changes)
        {
            // Who signed in or was changed meanwhile is known better than this answer knows.
            if (tx.View.Get<Account>(change.Before.Id) != change.Before) continue;
            tx.Put(change.After);
            if (change.Said is { IsGone: false } said)
                foreach (var session in SessionTable.Of(tx.View, change.After.Id).ToList())
                    SessionTable.Renew(tx, session, said.Groups);
        }
    }

    private TimeSpan? Every()
        => long.TryParse(SettingsTable.Value(store.Current, SignInSettings.MembershipRefresh), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, 24 * 3600))
            : null;

    private void Told(string provider, Problem? silence)
    {
        Rounds.Add(1, KeyValuePair.Create<string, object?>("outcome", silence is null ? "done" : "unreached"));
        if (silence is not null && !_isSilent) Silent(log, provider, silence.Detail ?? silence.Message);
        else if (silence is null && _isSilent) Heard(log);
        _isSilent = silence is not null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "People keep the groups that they had: {Provider} does not answer ({Why})")]
    private static partial void Silent(ILogger log, string provider, string? why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The sign-in provider answers again")]
    private static partial void Heard(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Provider} says that {Count} people are gone at once. That is not believed: look at its configuration and at the rights of its account")]
    private static partial void Disbelieved(ILogger log, string provider, int count);
}
