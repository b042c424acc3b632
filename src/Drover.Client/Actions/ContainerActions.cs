using Drover.Client.Resources;
using Drover.Model.Containers;

namespace Drover.Client.Actions;

/// <summary>What can be asked of containers.</summary>
public static class ContainerActions
{
    /// <summary>Starts a container.</summary>
    public static Task<ApiResource<T>> StartAsync<T>(this ResourceSet<T> containers, string id, CancellationToken cancellation = default)
        where T : Container
        => containers.ActAsync(id, "start", cancellation: cancellation);

    /// <summary>Stops a container; without input it has the engine's ten seconds to end by itself.</summary>
    public static Task<ApiResource<T>> StopAsync<T>(this ResourceSet<T> containers, string id, InstanceStop? stop = null, CancellationToken cancellation = default)
        where T : Container
        => containers.ActAsync(id, "stop", stop, cancellation);

    /// <summary>Stops a container and starts it again.</summary>
    public static Task<ApiResource<T>> RestartAsync<T>(this ResourceSet<T> containers, string id, CancellationToken cancellation = default)
        where T : Container
        => containers.ActAsync(id, "restart", cancellation: cancellation);
}
