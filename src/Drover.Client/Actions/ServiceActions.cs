using Drover.Client.Resources;
using Drover.Model.Services;

namespace Drover.Client.Actions;

/// <summary>What can be asked of services of every kind.</summary>
public static class ServiceActions
{
    /// <summary>Begins an upgrade: the state is `upgrading` until all batches are done, then `upgraded`.</summary>
    public static Task<ApiResource<T>> UpgradeAsync<T>(this ResourceSet<T> services, string id, ServiceUpgrade upgrade, CancellationToken cancellation = default)
        where T : Service
        => services.ActAsync(id, "upgrade", upgrade, cancellation);

    /// <summary>Accepts an upgrade: what was there before it is removed.</summary>
    public static Task<ApiResource<T>> FinishUpgradeAsync<T>(this ResourceSet<T> services, string id, CancellationToken cancellation = default)
        where T : Service
        => services.ActAsync(id, "finishupgrade", cancellation: cancellation);

    /// <summary>Stops an upgrade where it is; it can be rolled back or continued from there.</summary>
    public static Task<ApiResource<T>> CancelUpgradeAsync<T>(this ResourceSet<T> services, string id, CancellationToken cancellation = default)
        where T : Service
        => services.ActAsync(id, "cancelupgrade", cancellation: cancellation);

    /// <summary>Goes on with an upgrade that was stopped.</summary>
    public static Task<ApiResource<T>> ContinueUpgradeAsync<T>(this ResourceSet<T> services, string id, CancellationToken cancellation = default)
        where T : Service
        => services.ActAsync(id, "continueupgrade", cancellation: cancellation);

    /// <summary>Goes back to what was there before the upgrade.</summary>
    public static Task<ApiResource<T>> RollbackAsync<T>(this ResourceSet<T> services, string id, CancellationToken cancellation = default)
        where T : Service
        => services.ActAsync(id, "rollback", cancellation: cancellation);

    /// <summary>Restarts the containers in batches.</summary>
    public static Task<ApiResource<T>> RestartAsync<T>(this ResourceSet<T> services, string id, ServiceRestart restart, CancellationToken cancellation = default)
        where T : Service
        => services.ActAsync(id, "restart", restart, cancellation);

    /// <summary>Gives another service a name in this one's containers.</summary>
    public static Task<ApiResource<T>> AddServiceLinkAsync<T>(this ResourceSet<T> services, string id, AddRemoveServiceLinkInput link, CancellationToken cancellation = default)
        where T : Service
        => services.ActAsync(id, "addservicelink", link, cancellation);

    /// <summary>Takes a link away.</summary>
    public static Task<ApiResource<T>> RemoveServiceLinkAsync<T>(this ResourceSet<T> services, string id, AddRemoveServiceLinkInput link, CancellationToken cancellation = default)
        where T : Service
        => services.ActAsync(id, "removeservicelink", link, cancellation);

    /// <summary>Replaces all links.</summary>
    public static Task<ApiResource<T>> SetServiceLinksAsync<T>(this ResourceSet<T> services, string id, SetServiceLinksInput links, CancellationToken cancellation = default)
        where T : Service
        => services.ActAsync(id, "setservicelinks", links, cancellation);
}
