using Drover.Client.Resources;
using Drover.Model.Orchestrators;
using Drover.Model.Stacks;

namespace Drover.Client.Actions;

/// <summary>What can be asked of stacks.</summary>
public static class StackActions
{
    /// <summary>Changes a stack to other compose files.</summary>
    public static Task<ApiResource<T>> UpgradeAsync<T>(this ResourceSet<T> stacks, string id, StackUpgrade upgrade, CancellationToken cancellation = default)
        where T : Stack
        => stacks.ActAsync(id, "upgrade", upgrade, cancellation);

    /// <summary>Changes a stack of Kubernetes to other templates.</summary>
    public static Task<ApiResource<KubernetesStack>> UpgradeAsync(this ResourceSet<KubernetesStack> stacks, string id, KubernetesStackUpgrade upgrade, CancellationToken cancellation = default)
        => stacks.ActAsync(id, "upgrade", upgrade, cancellation);

    /// <summary>Accepts an upgrade.</summary>
    public static Task<ApiResource<T>> FinishUpgradeAsync<T>(this ResourceSet<T> stacks, string id, CancellationToken cancellation = default)
        where T : Stack
        => stacks.ActAsync(id, "finishupgrade", cancellation: cancellation);

    /// <summary>Goes back to what was there before the upgrade.</summary>
    public static Task<ApiResource<T>> RollbackAsync<T>(this ResourceSet<T> stacks, string id, CancellationToken cancellation = default)
        where T : Stack
        => stacks.ActAsync(id, "rollback", cancellation: cancellation);

    /// <summary>Starts all services.</summary>
    public static Task<ApiResource<T>> ActivateServicesAsync<T>(this ResourceSet<T> stacks, string id, CancellationToken cancellation = default)
        where T : Stack
        => stacks.ActAsync(id, "activateservices", cancellation: cancellation);

    /// <summary>Stops all services.</summary>
    public static Task<ApiResource<T>> DeactivateServicesAsync<T>(this ResourceSet<T> stacks, string id, CancellationToken cancellation = default)
        where T : Stack
        => stacks.ActAsync(id, "deactivateservices", cancellation: cancellation);

    /// <summary>Adds outputs that other stacks can read.</summary>
    public static Task<ApiResource<T>> AddOutputsAsync<T>(this ResourceSet<T> stacks, string id, AddOutputsInput outputs, CancellationToken cancellation = default)
        where T : Stack
        => stacks.ActAsync(id, "addoutputs", outputs, cancellation);

    /// <summary>The stack as compose files.</summary>
    public static Task<ComposeConfig> ExportConfigAsync<T>(this ResourceSet<T> stacks, string id, ComposeConfigInput? which = null, CancellationToken cancellation = default)
        where T : Stack
        => stacks.InvokeAsync<ComposeConfig>(id, "exportconfig", which, cancellation);
}
