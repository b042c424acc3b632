using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Periodic;
using Drover.Store;

namespace Drover.Server.SignIn.Sessions;

/// <summary>
/// Lets go of sessions whose time is over; they are refused from that moment on, swept or not. With the newest session of a person goes what
/// its groups gave, where the provider cannot be asked again: the person's keys would else keep it for ever.
/// </summary>
public sealed class SessionSweeper(ResourceStore store, TimeProvider time) : IPeriodicWork
{
    public string Name => "token.purge";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <summary>Ends all that is over now.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (!store.Current.All<AuthToken>().Any(e => IsOver((AuthToken)e.Wanted, now)) && !store.Current.All<Account>().Any(e => IsForgotten(e, now))) return;
        await store.WriteAsync(
            tx =>
            {
                foreach (var over in tx.View.All<AuthToken>().Where(e => IsOver((AuthToken)e.Wanted, tx.Now)).Take(1000).ToList()) SessionTable.End(tx, over);
                Forget(tx, tx.Now);
            },
            cancel);
    }

    /// <summary>Takes from people the groups that held until now.</summary>
    public static void Forget(WriteTx tx, DateTimeOffset now)
    {
        foreach (var person in tx.View.All<Account>().Where(e => IsForgotten(e, now)).Take(1000).ToList()) tx.Put((Account)person.Wanted with { KnownAs = default, KnownUntil = null });
    }

    private static bool IsForgotten(Entry account, DateTimeOffset now) => account is { IsRemoved: false, Wanted: Account { KnownUntil: { } until } } && until <= now;

    private static bool IsOver(AuthToken token, DateTimeOffset now) => token.Expires <= now;
}
