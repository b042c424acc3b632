using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Server.Api.Views;

/// <summary>
/// Derives the links between kinds from their references, as 1.6 derives them from the foreign keys of its tables
/// (api-semantics.md section 9): a column `fooId` gives the link `foo` and, on the other side, the plural of the kind that holds it;
/// a kind named `...Map` with two references links the two plurals.
/// </summary>
public sealed class LinkTable(Catalog catalog)
{
    /// <summary>Names of 1.6's own, by the kind that holds the reference and its column; "" where there is no link back.</summary>
    private static readonly Dictionary<(string Holder, string Column), string> ChildNames = new()
    {
        [("port", "publicIpAddressId")] = "publicPorts",
        [("port", "privateIpAddressId")] = "privatePorts",
        [("instanceLink", "targetInstanceId")] = "targetInstanceLinks",
        [("instanceLabelMap", "labelId")] = "instanceLabels",
        [("hostLabelMap", "labelId")] = "hostLabels",
        [("clusterHostMap", "clusterId")] = "",
        [("clusterHostMap", "hostId")] = "",
        [("serviceConsumeMap", "serviceId")] = "",
        [("serviceConsumeMap", "consumedServiceId")] = "",
    };

    /// <summary>Names of 1.6's own for links through a map, by the map and the column that names the side they stand on.</summary>
    private static readonly Dictionary<(string Map, string Column), string> MapNames = new()
    {
        [("clusterHostMap", "clusterId")] = "hosts",
        [("clusterHostMap", "hostId")] = "clusters",
        [("serviceConsumeMap", "serviceId")] = "consumedservices",
        [("serviceConsumeMap", "consumedServiceId")] = "consumedbyservices",
        [("hostLabelMap", "hostId")] = "hostLabels",
        [("instanceLabelMap", "instanceId")] = "instanceLabels",
    };

    /// <summary>Maps whose rows are one field of a container: read from it, not from the rows.</summary>
    private static readonly Dictionary<string, string> HeldByContainers = new() { ["instanceHostMap"] = "hostId", ["serviceExposeMap"] = "serviceId" };

    private readonly ImmutableArray<ForeignKey> _keys = [.. catalog.Kinds.GroupBy(kind => kind.Family).SelectMany(family => KeysOf(catalog, family))];

    /// <summary>The links of one kind for a role.</summary>
    /// <param name="view">The kind the links stand on, as the role sees it.</param>
    /// <param name="sees">Whether the role sees a type.</param>
    public ImmutableArray<LinkView> Of(KindView view, Func<Kind, bool> sees)
        => [.. Maps(view.Kind, sees).Concat(Outwards(view)).Concat(Inwards(view.Kind, sees)).DistinctBy(l => l.Name).OrderBy(l => l.Name, StringComparer.Ordinal)];

    private IEnumerable<LinkView> Outwards(KindView view)
        => _keys.Where(key => key.Holder.Family == view.Kind.Family && view.Find(key.Column) is not null)
            .Select(key => new LinkView(key.Column[..^2], LinkKind.Reference, key.Target, key.Column));

    private IEnumerable<LinkView> Inwards(Kind kind, Func<Kind, bool> sees)
        => from key in _keys.Reverse()
           where key.Target.Family == kind.Family && sees(key.Holder)
           let name = ChildNames.GetValueOrDefault((key.Holder.Name, key.Column)) ?? key.Holder.Plural
           where name.Length > 0
           select new LinkView(name, LinkKind.Child, key.Holder, key.Column);

    private IEnumerable<LinkView> Maps(Kind kind, Func<Kind, bool> sees)
    {
        foreach (var map in _keys.Where(key => key.Holder.Name.EndsWith("Map", StringComparison.Ordinal) && key.Column != "accountId").GroupBy(key => key.Holder))
        {
            if (map.ToArray() is not [var one, var two]) continue;
            foreach (var (near, far) in new[] { (one, two), (two, one) })
                if (near.Target.Family == kind.Family && sees(far.Target))
                    yield return Through(near, far);
        }
    }

    private static LinkView Through(ForeignKey near, ForeignKey far)
    {
        var name = MapNames.GetValueOrDefault((near.Holder.Name, near.Column)) ?? far.Target.Plural;
        if (!HeldByContainers.TryGetValue(near.Holder.Name, out var field))
            return new LinkView(name, LinkKind.Map, far.Target, near.Column, Paged: true) { Via = near.Holder, Far = far.Column };
        return near.Column == "instanceId"
            ? new LinkView(name, LinkKind.References, far.Target, field, Paged: true)
            : new LinkView(name, LinkKind.Child, far.Target, field, Paged: true);
    }

    /// <summary>The columns of one family that name objects, in the order of their names.</summary>
    private static IEnumerable<ForeignKey> KeysOf(Catalog catalog, IGrouping<string, Kind> family)
    {
        var holder = catalog.FindKind(family.Key) ?? family.First();
        var columns = family.SelectMany(kind => kind.Fields.Where(field => field.Declared.Filter).Select(field => (field.Name, Type: field.ComparedAs))
            .Concat(kind.Columns.Select(column => (column.Name, Type: WireType.Parse(column.Type)))));
        return from column in columns.DistinctBy(column => column.Name).OrderBy(column => column.Name, StringComparer.Ordinal)
               where column.Type.IsReference && column.Name.EndsWith("Id", StringComparison.Ordinal)
               let target = catalog.FindKind(column.Type.Leaf)
               where target is not null
               select new ForeignKey(holder, column.Name, catalog.FindKind(target.Family) ?? target);
    }

    private sealed record ForeignKey(Kind Holder, string Column, Kind Target);
}
