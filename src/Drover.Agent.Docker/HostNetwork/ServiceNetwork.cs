using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.ExceptionServices;
using Drover.Agent.Docker.Wanted;
using Drover.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Drover.Agent.Docker.HostNetwork;

/// <summary>
/// A network namespace of the agent with the address of DNS and metadata, plugged into the managed bridge. Listening at
/// that address on the host itself would keep every container from publishing ports 53 and 80: the engine's proxy binds
/// them at all addresses. The namespace lasts as long as the agent and its sockets; nothing is left to clean up.
/// </summary>
internal sealed class ServiceNetwork : IDisposable
{
    private const string HostEnd = "drover-svc", OwnEnd = "eth0", Loopback = "lo", Own = "/proc/thread-self/ns/net";
    private readonly SafeFileHandle _network;
    private readonly SafeFileHandle _host;
    private readonly Lock _plugging = new();

    private ServiceNetwork(SafeFileHandle network, SafeFileHandle host) => (_network, _host) = (network, host);

    /// <summary>The address that containers ask.</summary>
    public static IPAddress Address { get; } = IPAddress.Parse(Resolver.PlatformServer);

    /// <summary>Always the same: whoever knows it as a neighbour would look for another in vain for half a minute after the agent was started again.</summary>
    private static PhysicalAddress HardwareAddress { get; } = new([0x02, 0xD0, .. Address.GetAddressBytes()]);

    /// <summary>Makes the network beside that of the calling thread, its cable not plugged in yet. Throws failed where the agent lacks the rights.</summary>
    public static ServiceNetwork Create()
    {
        var network = OnThread(() =>
        {
            Kernel.LeaveNetwork();
            Kernel.Do("The loopback", RouteMessage.SwitchOn(Kernel.Interface(Loopback)));
            return File.OpenHandle(Own);
        });
        var made = new ServiceNetwork(network, File.OpenHandle(Own));
        made.LayCable();
        return made;
    }

    /// <summary>Plugs the cable into the managed bridge, and again after the engine made the bridge anew or the cable was lost; false while there is no bridge.</summary>
    public bool Plug(NetworkAssignment network)
    {
        lock (_plugging)
        {
            if (Run(() => Kernel.Interface(OwnEnd)) == 0) LayCable();
            if (!In(_host, PlugHostEnd)) return false;
            Run(() =>
            {
                Kernel.Do("The way back", RouteMessage.DefaultRoute(IPAddress.Parse(network.Gateway), Kernel.Interface(OwnEnd)));
                return true;
            });
            return true;
        }
    }

    /// <summary>
    /// Runs a function on a thread inside this network; sockets that it makes stay there. It must start no task: a pool
    /// thread that is born of it would stay there too.
    /// </summary>
    public T Run<T>(Func<T> inside) => In(_network, inside);

    public void Dispose()
    {
        _network.Dispose();
        _host.Dispose();
    }

    private void LayCable()
    {
        In(_host, () =>
        {
            if (Kernel.Interface(HostEnd) is var left and not 0) _ = Kernel.Ask(RouteMessage.Remove(left)); // of an agent that died just now
            Kernel.Do("The cable to the managed network", RouteMessage.AddCable(HostEnd, OwnEnd, _network.DangerousGetHandle().ToInt32(), HardwareAddress));
            return true;
        });
        Run(() =>
        {
            var own = Kernel.Interface(OwnEnd);
            Kernel.Do("The address of the platform", RouteMessage.AddAddress(own, Address));
            Kernel.Do("The interface of the platform", RouteMessage.SwitchOn(own));
            return true;
        });
    }

    private static bool PlugHostEnd()
    {
        if (Kernel.Interface(ManagedNetwork.Bridge) is not (var bridge and not 0)) return false;
        Kernel.Do("The cable to the managed network", RouteMessage.SwitchOn(Kernel.Interface(HostEnd), bridge));
        Kernel.Do("The route to the platform", RouteMessage.RouteTo(Address, bridge));
        return true;
    }

    private static T In<T>(SafeFileHandle network, Func<T> inside) => OnThread(() =>
    {
        Kernel.EnterNetwork(network);
        return inside();
    });

    private static T OnThread<T>(Func<T> body)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = body();
            }
            catch (Exception e) when (e is RuntimeException or IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
