using System.Net;
using Drover.Model.Metadata;

namespace Drover.DataPlane.Metadata;

/// <summary>The versions of the tree (META-02); `latest` is the newest.</summary>
public enum MetadataVersion
{
    /// <summary>2015-07-25: lists hold names.</summary>
    Names,

    /// <summary>2015-12-19: lists hold objects.</summary>
    Objects,

    /// <summary>2016-07-29: names in lower case.</summary>
    Folded,
}

/// <summary>The tree that one asker sees.</summary>
public static class MetadataTree
{
    /// <summary>The versions as paths name them, in the order in which they are listed.</summary>
    public static IReadOnlyList<(string Name, MetadataVersion Version)> Versions { get; } =
    [
        ("2015-07-25", MetadataVersion.Names),
        ("2015-12-19", MetadataVersion.Objects),
        ("2016-07-29", MetadataVersion.Folded),
        ("latest", MetadataVersion.Folded),
    ];

    /// <summary>Everything, with the `self` of the container that has the address; of the host alone for strangers.</summary>
    public static MetadataNode Root(EnvironmentState state, MetadataVersion version, IPAddress source)
    {
        var index = state.Index;
        var fields = new MetadataFields(index, version);
        var root = new List<MetadataField>
        {
            new("containers", () => fields.Containers(index.View.Containers.Items)),
            new("hosts", () => fields.Hosts(index.View.Hosts.Items)),
            new("name", () => MetadataNode.Of(index.View.Name)),
            new("networks", () => fields.Networks(index.View.Networks.Items)),
            new("region_name", () => MetadataNode.Null),
            new("self", () => Self(state, fields, source)),
            new("services", () => fields.Services([.. index.View.Services.Values])),
            new("stacks", () => fields.Stacks(index.View.Stacks.Items)),
            new("uuid", () => MetadataNode.Of(index.View.Uuid)),
            new("version", () => MetadataNode.Of(state.Version)),
        };
        if (version == MetadataVersion.Folded) root.Add(new("environments", () => MetadataNode.ListOf([], nullWhenEmpty: true)));
        return new MetadataMap(root);
    }

    /// <summary>The value at a path: keys of maps, indices, names or uuids in lists; on a miss all over again in lower case. Null where there is none.</summary>
    public static MetadataNode? Find(MetadataNode root, IReadOnlyList<string> path)
        => Walk(root, path) ?? Walk(root, [.. path.Select(p => p.ToLowerInvariant())]);

    private static MetadataNode? Walk(MetadataNode node, IReadOnlyList<string> path)
    {
        var at = node;
        foreach (var key in path)
        {
            var next = at switch
            {
                MetadataMap map => map.Find(key),
                MetadataList list when long.TryParse(key, out var position) => list.At(position),
                MetadataList list => list.Find(key),
                _ => null,
            };
            if (next is null) return null;
            at = next;
        }

        return at;
    }

    private static MetadataMap Self(EnvironmentState state, MetadataFields fields, IPAddress source)
    {
        var self = new List<MetadataField>();
        var container = state.Index.ByAddress(source.ToString());
        if (container is not null) self.Add(new("container", () => fields.Of(container)));
        if (container is not null && state.Index.ServiceOf(container) is { } service && state.Index.StackOf(container) is { } stack)
        {
            self.Add(new("service", () => fields.Of(service)));
            self.Add(new("stack", () => fields.Of(stack)));
        }

        if (HostOf(state, container) is { } host) self.Add(new("host", () => fields.Of(host)));
        return new MetadataMap(self);
    }

    private static HostView? HostOf(EnvironmentState state, ContainerView? container)
        => (container is null ? state.HostUuid : container.HostUuid) is { } uuid ? state.Index.View.Hosts.Find(uuid) : null;
}
