using Drover.Model.Accounts;
using Drover.Server.Periodic;
using Drover.Store;

namespace Drover.Server.SignIn.Sessions;

/// <summary>Lets go of sessions whose time is over; they are refused from that moment on, swept or not.</summary>
public sealed class SessionSweeper(ResourceStore store, TimeProvider time) : IPeriodicWork
{
    public string Name => "token.purge";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    /// <summary>Ends all that is over now.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (!store.Current.All<AuthToken>().Any(e => IsOver((AuthToken)e.Wanted, now))) return;
        await store.WriteAsync(
            tx =>
            {
                foreach (var over in tx.View.All<AuthToken>().Where(e => IsOver((AuthToken)e.Wanted, tx.Now)).Take(1000).ToList()) SessionTable.End(tx, over);
            },
            cancel);
    }

    private static bool IsOver(AuthToken token, DateTimeOffset now) => token.Expires <= now;
}
