using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Server.Api.Views;

/// <summary>Derives the links between kinds from their references (api-semantics.md section 9).</summary>
public sealed class LinkTable(Catalog catalog)
{
    /// <summary>Links that 1.6 keeps in a table of their own ("map" links), by parent family, child family and the child's field: they page and sort, and lead back too.</summary>
    private static readonly HashSet<(string Parent, string Child, string Field)> Maps =
        [("host", "instance", "hostId"), ("service", "instance", "serviceId")];

    /// <summary>Where two references lead from one kind to the same parent, or 1.6 uses a name of its own.</summary>
    private static readonly Dictionary<(string Child, string Field), string> ChildNames = new()
    {
        [("port", "publicIpAddressId")] = "publicPorts",
        [("port", "privateIpAddressId")] = "privatePorts",
    };

    /// <summary>The links of one kind for a role.</summary>
    /// <param name="view">The kind the links stand on, as the role sees it.</param>
    /// <param name="sees">Whether the role sees a type.</param>
    public ImmutableArray<LinkView> Of(KindView view, Func<Kind, bool> sees)
        => [.. Outwards(view, sees).Concat(Inwards(view.Kind, sees)).DistinctBy(l => l.Name).OrderBy(l => l.Name, StringComparer.Ordinal)];

    private IEnumerable<LinkView> Outwards(KindView view, Func<Kind, bool> sees)
    {
        foreach (var field in References(view.Kind))
        {
            if (Target(field) is not { } target || !sees(target) || view.Find(field.Name) is null) continue;
            if (Maps.Contains((target.Family, view.Kind.Family, field.Name))) yield return new LinkView(target.Plural, LinkKind.References, target, field.Name);
            if (field.Declared.Filter) yield return new LinkView(field.Name[..^2], LinkKind.Reference, target, field.Name);
        }
    }

    private IEnumerable<LinkView> Inwards(Kind kind, Func<Kind, bool> sees)
    {
        foreach (var child in catalog.Kinds.Where(k => !k.IsBase && k.Family != "account" && k.Name is not ("setting" or "subscribe" or "serviceConsumeMap")))
        {
            var shown = catalog.FindKind(child.Family) ?? child;
            if (!sees(shown)) continue;
            foreach (var field in References(child).Where(f => Target(f)?.Family == kind.Family))
            {
                var isMap = Maps.Contains((kind.Family, child.Family, field.Name));
                if (!isMap && (!field.Declared.Filter || field.Declared.Access == "-")) continue;
                var name = ChildNames.GetValueOrDefault((child.Name, field.Name)) ?? shown.Plural;
                yield return new LinkView(name, LinkKind.Child, shown, field.Name, isMap);
            }
        }
    }

    private static IEnumerable<Field> References(Kind kind)
        => kind.Fields.Where(f => f.Type.IsReference && f.Name.EndsWith("Id", StringComparison.Ordinal));

    private Kind? Target(Field field) => catalog.FindKind(field.Type.Leaf);
}
