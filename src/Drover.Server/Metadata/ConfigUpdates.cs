using System.Threading.Channels;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Subscribe;
using Drover.Server.Hosts;
using Drover.Store;

namespace Drover.Server.Metadata;

/// <summary>`config.update`: tells a reader of metadata on a host that there is something else to fetch (clients.md section 5).</summary>
internal sealed class ConfigUpdates(ResourceStore store, IHostProjection projection, EventWriter events, TimeProvider time) : IEventSource
{
    /// <summary>The shortest time between two events; the reader downloads no oftener.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public string Event => "config.update";

    public async Task RunAsync(ApiCall call, Follower follower, CancellationToken cancel)
    {
        if (ConfigContentRoutes.HostOf(call.Snapshot, call.Caller) is not { } host) return;
        var changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var feed = projection.Open(host.Id, () => changed.Writer.TryWrite(true));
        feed.Take(complete: true);
        await foreach (var _ in changed.Reader.ReadAllAsync(cancel))
        {
            if (feed.Take(complete: false).Environment is null) continue;
            follower.Offer((Event, host.Id), new Told(null, events.ConfigUpdate($"{call.Urls.Root}/configcontent", ConfigContentRoutes.Item, store.Current.Revision)));
            await Task.Delay(Interval, time, cancel);
        }
    }
}
