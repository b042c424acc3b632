using System.Text.Json.Nodes;
using Drover.Model.Clusters;
using Drover.Model.Kernel;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Clusters;

/// <summary>A server of this installation.</summary>
/// <param name="Id">Given at its start; names it in `serverId` and the like.</param>
/// <param name="Listen">Where it listens.</param>
/// <param name="Started">When it started.</param>
/// <param name="Heard">When it was last known to live.</param>
/// <param name="Leads">True for the one that drives objects.</param>
public sealed record ClusterMember(string Id, string Listen, DateTimeOffset Started, DateTimeOffset Heard, bool Leads);

/// <summary>The servers of this installation as rows (OPS-10).</summary>
/// <param name="members">Those that are alive.</param>
public sealed class ClusterMembers(Func<IReadOnlyList<ClusterMember>> members) : IViewKind
{
    private static readonly Kind Shown = Catalog.All.Of<ClusterMembership>();

    public string Kind => "clusterMembership";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
    {
        var all = members();
        return all.Select((member, place) => new Entry(Shown, Row(member, place + 1, all.Count > 1), new PlainSeen(), 0, 0));
    }

    private static ClusterMembership Row(ClusterMember member, long number, bool clustered) => new()
    {
        Id = number,
        Uuid = member.Id,
        Name = member.Listen,
        Clustered = clustered,
        Heartbeat = member.Heard.ToUnixTimeMilliseconds(),
        Config = new JsonObject
        {
            ["listen"] = member.Listen,
            ["started"] = member.Started.ToUnixTimeMilliseconds(),
            ["leader"] = member.Leads,
        }.ToJsonString(),
    };
}
