using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Ports;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Writes;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Ports;

/// <summary>The ports of containers as rows: a view of `ports`, with numbers that follow from the container's.</summary>
public sealed class PortRows : IViewKind, IKindWrites
{
    /// <summary>Rows that one container may have; its number times this, plus the place in its list, is the row's number.</summary>
    public const int PerContainer = 1000;

    private static readonly Kind Shown = Catalog.All.Of<Port>();

    public string Kind => "port";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
        => (accountId is { } account ? snapshot.By<Container>("accountId", account) : snapshot.All<Container>()).SelectMany(Of);

    public Entry? Find(Snapshot snapshot, long id)
        => snapshot.Find<Container>(id / PerContainer) is { } container ? Of(container).FirstOrDefault(row => row.Id == id) : null;

    public IEnumerable<Entry> By(Snapshot snapshot, string field, long target)
        => field == "instanceId" && snapshot.Find<Container>(target) is { } container ? Of(container) : [];

    public Written Create(WriteTx tx, ApiCall call, Body body) => throw Closed();

    public Written Update(WriteTx tx, ApiCall call, Entry target, Body body) => throw Closed();

    public Written Remove(WriteTx tx, ApiCall call, Entry target) => throw Closed();

    private static IEnumerable<Entry> Of(Entry entry)
    {
        var container = (Container)entry.Wanted;
        var state = entry.State is "running" or "starting" or "restarting" or "updating-running" ? "active" : "inactive";
        var place = 0;
        foreach (var text in container.Spec.Ports)
        {
            if (++place >= PerContainer || PublishedPort.Parse(text) is not { } port) continue;
            var row = new Port
            {
                Id = (container.Id * PerContainer) + place,
                AccountId = container.AccountId,
                Created = container.Created,
                BindAddress = port.Address,
                InstanceId = container.Id,
                PrivatePort = port.Private,
                PublicPort = port.Public,
                Protocol = port.Protocol,
            };
            yield return new Entry(Shown, row, new PlainSeen { State = state, Removed = entry.Seen.Removed }, entry.WantedRevision, entry.SeenRevision);
        }
    }

    /// <summary>Ports change with the container or launch config that they are written in.</summary>
    private static ProblemException Closed()
        => new(Problem.NotAllowed("Change the ports of the container or service instead"));
}
