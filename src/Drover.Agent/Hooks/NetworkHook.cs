using Drover.Protocol;

namespace Drover.Agent.Hooks;

/// <summary>Makes the managed network exist before the first container on it is created.</summary>
public sealed class NetworkHook : IInstanceHook
{
    public async ValueTask<ContainerAssignment> BeforeCreateAsync(ContainerAssignment container, HookScope scope)
    {
        if (container.Address is not null && scope.Assigned.Network is { } network)
            await scope.Runtime.EnsureNetworkAsync(network, scope.Cancel);
        return container;
    }
}
