using System.Globalization;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Hosts;

/// <summary>The parts of what hosts are told as rows (OPS-08).</summary>
public sealed class ConfigItemRows : IViewKind
{
    private static readonly Kind Shown = Catalog.All.Of<ConfigItem>();

    public string Kind => "configItem";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
        => ToldParts.Names.Select((name, place) => new Entry(Shown, new ConfigItem { Id = place + 1, Name = name }, new PlainSeen(), 0, 0));
}

/// <summary>What each host with an open session was told and has taken, part by part, as rows (OPS-08). The versions count the messages of the session.</summary>
public sealed class ConfigStatusRows(AgentSessions sessions) : IViewKind
{
    /// <summary>Rows of one host: its number times this, plus the place of the part, is the number of the row.</summary>
    private const int PerHost = 8;

    private static readonly Kind Shown = Catalog.All.Of<ConfigItemStatus>();

    public string Kind => "configItemStatus";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
        => (accountId is { } account ? snapshot.By<Host>("accountId", account) : snapshot.All<Host>()).SelectMany(Of);

    public Entry? Find(Snapshot snapshot, long id)
        => snapshot.Find<Host>(id / PerHost) is { } host ? Of(host).FirstOrDefault(row => row.Id == id) : null;

    public IEnumerable<Entry> By(Snapshot snapshot, string field, long target)
        => field == "hostId" ? snapshot.Find<Host>(target) is { } host ? Of(host) : []
            : Rows(snapshot, null).Where(row => row.Kind.Find(field) is { } f && row.Value(f) is long value && value == target);

    private IEnumerable<Entry> Of(Entry host)
    {
        if (sessions.Find(host.Id) is not { } session) yield break;
        foreach (var part in session.Told.All)
        {
            var row = new ConfigItemStatus
            {
                Id = (host.Id * PerHost) + ToldParts.Names.IndexOf(part.Name) + 1,
                AccountId = host.Wanted.AccountId,
                AgentId = ((Host)host.Wanted).AgentId,
                HostId = host.Id,
                ResourceId = host.Id,
                ResourceType = "host",
                Name = part.Name,
                SourceVersion = session.Number.ToString(CultureInfo.InvariantCulture),
                RequestedVersion = part.Told,
                RequestedUpdated = part.ToldAt,
                AppliedVersion = part.Taken,
                AppliedUpdated = part.TakenAt,
            };
            yield return new Entry(Shown, row, new PlainSeen(), 0, 0);
        }
    }
}
