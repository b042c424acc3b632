using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Server.Api.Views;

/// <summary>Derives the links between kinds from their references (api-semantics.md section 9).</summary>
public sealed class LinkTable(Catalog catalog)
{
    /// <summary>Child links that 1.6 keeps in a table of their own ("map" links), by parent family and child family: they page and sort.</summary>
    private static readonly HashSet<(string Parent, string Child)> Maps = [("host", "instance"), ("service", "instance"), ("volume", "storagePool")];

    /// <summary>Where two references lead from one kind to the same parent, or 1.6 uses a name of its own.</summary>
    private static readonly Dictionary<(string Child, string Field), string> ChildNames = new()
    {
        [("port", "publicIpAddressId")] = "publicPorts",
        [("port", "privateIpAddressId")] = "privatePorts",
        [("container", "networkContainerId")] = "instances",
    };

    /// <summary>The links of one kind for a role.</summary>
    /// <param name="kind">The kind the links stand on.</param>
    /// <param name="sees">Whether the role sees a type.</param>
    public ImmutableArray<LinkView> Of(Kind kind, Func<Kind, bool> sees)
    {
        var links = new Dictionary<string, LinkView>(StringComparer.Ordinal);
        foreach (var field in References(kind))
            if (Target(field) is { } target && sees(target))
                links.TryAdd(field.Name[..^2], new LinkView(field.Name[..^2], LinkKind.Reference, target, field.Name));
        foreach (var child in catalog.Kinds.Where(k => !k.IsBase))
        {
            var shown = catalog.FindKind(child.Family) ?? child;
            if (!sees(shown)) continue;
            foreach (var field in References(child).Where(f => Target(f)?.Family == kind.Family && !f.Name.StartsWith("requested", StringComparison.Ordinal)))
            {
                var name = ChildNames.GetValueOrDefault((child.Name, field.Name)) ?? shown.Plural;
                links.TryAdd(name, new LinkView(name, LinkKind.Child, shown, field.Name, Maps.Contains((kind.Family, child.Family))));
            }
        }

        return [.. links.Values.OrderBy(l => l.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<Field> References(Kind kind)
        => kind.Fields.Where(f => f.Type.IsReference && f.Name.EndsWith("Id", StringComparison.Ordinal));

    private Kind? Target(Field field) => catalog.FindKind(field.Type.Leaf);
}
