using Drover.Client.Resources;
using Drover.Model.Kernel;

namespace Drover.Client.Actions;

/// <summary>What can be asked of all kinds whose life cycle has it; the server refuses it (422) for the others.</summary>
public static class CommonActions
{
    /// <summary>Puts an object to use: starts a service, lets a host take containers, lets a key sign in.</summary>
    public static Task<ApiResource<T>> ActivateAsync<T>(this ResourceSet<T> objects, string id, CancellationToken cancellation = default)
        where T : Resource
        => objects.ActAsync(id, "activate", cancellation: cancellation);

    /// <summary>Takes an object out of use without removing it.</summary>
    public static Task<ApiResource<T>> DeactivateAsync<T>(this ResourceSet<T> objects, string id, CancellationToken cancellation = default)
        where T : Resource
        => objects.ActAsync(id, "deactivate", cancellation: cancellation);

    /// <summary>Takes an object out of the server's books from any state, without waiting for a host; Drover's own, and refused by Rancher.</summary>
    public static Task<ApiResource<T>> ForgetAsync<T>(this ResourceSet<T> objects, string id, CancellationToken cancellation = default)
        where T : Resource
        => objects.ActAsync(id, "forget", cancellation: cancellation);
}
