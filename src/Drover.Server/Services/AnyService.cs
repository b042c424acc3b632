using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>Finds services of every kind of the family: load balancers, aliases and external names as well.</summary>
internal static class AnyService
{
    private static readonly Kind Root = Catalog.All.Of<Service>();

    /// <summary>The services of a stack, removed ones included while they live.</summary>
    public static IEnumerable<Entry> InStack(Snapshot view, long stackId) => view.By(Root, "stackId", stackId, family: true);

    /// <summary>The services of an environment.</summary>
    public static IEnumerable<Entry> InEnvironment(Snapshot view, long environmentId) => view.By(Root, "accountId", environmentId, family: true);

    /// <summary>The service with this number; null where none lives.</summary>
    public static Entry? Find(Snapshot view, long id) => view.Find(Root.Family, id);
}
