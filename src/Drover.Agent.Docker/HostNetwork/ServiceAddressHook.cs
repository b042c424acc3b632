using System.Net;
using Drover.Agent.Hooks;
using Drover.Agent.Docker.Wanted;
using Drover.Protocol;

namespace Drover.Agent.Docker.HostNetwork;

/// <summary>
/// Keeps the address of DNS and metadata on the managed bridge: before each start, since the engine may have made the
/// bridge anew after a reboot.
/// </summary>
public sealed class ServiceAddressHook : IInstanceHook
{
    private static readonly IPAddress Service = IPAddress.Parse(Resolver.PlatformServer);

    public ValueTask BeforeStartAsync(ContainerAssignment container, string engineId, HookScope scope)
    {
        if (container.Address is not null) InterfaceAddress.Ensure(ManagedNetwork.Bridge, Service);
        return default;
    }
}
