using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Networks;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Networks;

/// <summary>The addresses of containers as rows: each container's own address under the container's number.</summary>
public sealed class IpAddressRows : IViewKind
{
    private static readonly Kind Shown = Catalog.All.Of<IpAddress>();

    public string Kind => "ipAddress";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
        => (accountId is { } account ? snapshot.By<Container>("accountId", account) : snapshot.All<Container>()).Select(Of).OfType<Entry>();

    public Entry? Find(Snapshot snapshot, long id) => snapshot.Find<Container>(id) is { } container ? Of(container) : null;

    private static Entry? Of(Entry entry)
    {
        var container = (Container)entry.Wanted;
        if (container.PrimaryIpAddress is not { } address) return null;
        var row = new IpAddress { Id = container.Id, AccountId = container.AccountId, Created = container.Created, Address = address, NetworkId = container.PrimaryNetworkId };
        return new Entry(Shown, row, new PlainSeen { State = "active", Removed = entry.Seen.Removed }, entry.WantedRevision, entry.SeenRevision);
    }
}
