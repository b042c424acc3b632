using System.Collections.Concurrent;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.V1;

namespace Drover.Server.Api.Views;

/// <summary>The schemas of all roles in both versions, each built when it is first asked for.</summary>
public sealed class RoleCatalogs(Catalog catalog)
{
    private readonly LinkTable _links = new(catalog);
    private readonly ConcurrentDictionary<(Roles Role, ApiVersion Version), RoleCatalog> _built = new();

    public Catalog Catalog { get; } = catalog;

    /// <param name="role">Exactly one role.</param>
    /// <param name="version">The version asked for. Superadmin and environment see the latest one's schemas on v1 too, as in 1.6.</param>
    public RoleCatalog Of(Roles role, ApiVersion version = ApiVersion.V2Beta) => _built.GetOrAdd((role, version), Build);

    private RoleCatalog Build((Roles Role, ApiVersion Version) key)
        => key.Version == ApiVersion.V2Beta ? new RoleCatalog(Catalog, _links, key.Role)
            : FrozenSchemas.Of(key.Role) is { } frozen ? new FrozenCatalog(Catalog, Of(key.Role), frozen).Build()
            : Of(key.Role);
}
