using System.Collections.Concurrent;
using Drover.Model.Kernel;

namespace Drover.Server.Api.Views;

/// <summary>The schemas of all roles, each built when it is first asked for.</summary>
public sealed class RoleCatalogs(Catalog catalog)
{
    private readonly LinkTable _links = new(catalog);
    private readonly ConcurrentDictionary<Roles, RoleCatalog> _byRole = new();

    public Catalog Catalog { get; } = catalog;

    /// <param name="role">Exactly one role.</param>
    public RoleCatalog Of(Roles role) => _byRole.GetOrAdd(role, r => new RoleCatalog(Catalog, _links, r));
}
