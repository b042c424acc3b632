using System.Net.WebSockets;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Streams.Stats;

/// <summary>Sends a client the figures of what its token names, for as long as both are there.</summary>
internal sealed class StatsRelay(StatsHub hub, ResourceStore store, TimeProvider time)
{
    /// <summary>How often the containers of a service, and the hosts of an environment, are looked up anew.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public async Task RunAsync(StreamTicket ticket, Entry entry, ClientSocket client, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var watch = new StatsWatch(hub);
        Update();
        Task[] all = [client.UntilClosedAsync(over.Token), SendAsync(watch, client, over.Token), FollowAsync(over.Token)];
        await Task.WhenAny(all).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        void Update() => watch.Set(StatsScope.Of(store.Current, ticket.Purpose, store.Current.Find(entry.Kind.Family, entry.Id) ?? entry));

        async Task FollowAsync(CancellationToken stop)
        {
            using var beat = new PeriodicTimer(Look, time);
            while (await beat.WaitForNextTickAsync(stop).ConfigureAwait(false)) Update();
        }
    }

    private static async Task SendAsync(StatsWatch watch, ClientSocket client, CancellationToken cancel)
    {
        try
        {
            while (true)
                foreach (var frame in await watch.TakeAsync(cancel).ConfigureAwait(false))
                    await client.SendTextAsync(frame, cancel).ConfigureAwait(false);
        }
        catch (WebSocketException)
        {
            // the client is gone
        }
    }
}
