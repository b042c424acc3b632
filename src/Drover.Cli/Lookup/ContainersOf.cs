using Drover.Client;
using Drover.Client.Resources;
using Drover.Model.Containers;
using Drover.Model.Services;

namespace Drover.Cli.Lookup;

/// <summary>The containers that a person means by the name of a container or a service.</summary>
internal static class ContainersOf
{
    /// <summary>By name; throws <see cref="UsageException"/> for other objects.</summary>
    public static async Task<IReadOnlyList<ApiResource<Container>>> AllAsync(EnvironmentClient environment, FoundObject found, CancellationToken cancellation)
    {
        switch (found)
        {
            case FoundObject<Container> container:
                return [container.Resource];
            case FoundObject<Service> { Resource: var service } when service.Links.TryGetValue("instances", out var link):
                var all = await environment.Containers.LinkedAsync(link, cancellation).ToListAsync(cancellation);
                return [.. all.OrderBy(container => container.Name.Length).ThenBy(container => container.Name, StringComparer.Ordinal)];
            default:
                throw new UsageException($"{found} has no containers of its own: name a service or a container");
        }
    }
}
