using System.Net;
using System.Net.Sockets;
using Drover.Agent.Hooks;
using Drover.DataPlane;
using Drover.DataPlane.Dns;
using Drover.DataPlane.Metadata;
using Drover.DataPlane.Sockets;
using Drover.Model.Metadata;
using Drover.Protocol;
using Microsoft.Extensions.Logging;

namespace Drover.Agent.Docker.HostNetwork;

/// <summary>DNS and metadata of this host: served from the agent's process, at one address, to every container of the managed network.</summary>
internal sealed partial class HostServices : IEnvironmentListener, IInstanceHook, IAsyncDisposable
{
    private const int DnsPort = 53, HttpPort = 80, RememberedAnswers = 4096;
    private const string HostResolverFile = "/etc/resolv.conf";

    /// <summary>For one of the host's resolvers (DNS-14).</summary>
    private static readonly TimeSpan ResolverPatience = TimeSpan.FromSeconds(2);

    /// <summary>How long a start waits for the container's own name.</summary>
    private static readonly TimeSpan NamePatience = TimeSpan.FromSeconds(2);

    /// <summary>So often it is seen to that the network is plugged in: what takes it away tells nobody.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    private readonly EnvironmentSource _environment;
    private readonly Func<ServiceNetwork> _create;
    private readonly AgentSurroundings _around;
    private readonly ILogger _log;
    private readonly Lock _opening = new();
    private readonly ITimer _look;
    private NetworkAssignment? _assigned;
    private ServiceNetwork? _network;
    private DnsServer? _dns;
    private MetadataServer? _metadata;

    /// <param name="around">Time, ids and logs.</param>
    /// <param name="create">Makes the network to serve in, once it is needed.</param>
    public HostServices(AgentSurroundings around, Func<ServiceNetwork> create)
    {
        (_around, _create) = (around, create);
        _environment = new EnvironmentSource(() => Guid.Parse(around.NewUuid()));
        _log = around.Loggers.CreateLogger<HostServices>();
        _look = around.Time.CreateTimer(_ => StayPlugged(), null, Look, Look);
    }

    /// <summary>The newest view; containers that run are served at once, also after the agent alone was started again.</summary>
    public void Changed(EnvironmentView view, EnvironmentDelta? since, NetworkAssignment? network)
    {
        _environment.Become(view, since);
        _environment.IsHost(network?.HostUuid);
        Volatile.Write(ref _assigned, network);
        StayPlugged();
    }

    public async ValueTask BeforeStartAsync(ContainerAssignment container, string engineId, HookScope scope)
    {
        if (container.Address is null || scope.Assigned.Network is not { } network) return;
        if (!Opened().Plug(network))
            throw new RuntimeException(RuntimeFailure.NotFound, $"The managed network has no interface {ManagedNetwork.Bridge} on this host");
        await KnownAsync(container, scope.Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _look.DisposeAsync();
        if (_dns is not null) await _dns.DisposeAsync();
        if (_metadata is not null) await _metadata.DisposeAsync();
        _network?.Dispose();
    }

    /// <summary>Names may come a message later than the container: its first process shall find itself. Where they do not come, such as from a server that is lost, it starts all the same.</summary>
    private async Task KnownAsync(ContainerAssignment container, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(NamePatience, _around.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        for (var state = _environment.Current; state.Index.ByAddress(container.Address!)?.Uuid != container.Uuid && !late.IsCancellationRequested; state = _environment.Current)
        {
            await state.Next.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private void StayPlugged()
    {
        if (Volatile.Read(ref _assigned) is not { } network) return;
        try
        {
            Opened().Plug(network);
        }
        catch (RuntimeException failure)
        {
            LogFailure(_log, failure.Message); // the next start of a container fails with it, for people to see
        }
    }

    private ServiceNetwork Opened()
    {
        lock (_opening)
        {
            if (_network is not null) return _network;
            var network = _create();
            try
            {
                var (udp, tcp, http) = network.Run(() => (
                    ServiceSockets.Udp(At(DnsPort)), ServiceSockets.Tcp(At(DnsPort)), ServiceSockets.Tcp(At(HttpPort))));
                _dns = DnsServer.Start(udp, tcp, Responder(), _around.Time, _around.Loggers.CreateLogger<DnsServer>());
                _metadata = MetadataServer.Start(http, _environment, _around.Time, _around.Loggers.CreateLogger<MetadataServer>());
            }
            catch (SocketException failure)
            {
                network.Dispose();
                throw new RuntimeException(RuntimeFailure.Failed, $"DNS and metadata cannot listen: {failure.Message}", failure);
            }

            LogOpen(_log, ServiceNetwork.Address);
            return _network = network;
        }
    }

    private DnsResponder Responder()
    {
        var resolvers = new HostResolvers(HostResolverFile, ServiceNetwork.Address, _around.Time);
        var forwarder = new DnsForwarder(ResolverPatience, () => BitConverter.ToUInt16(Guid.Parse(_around.NewUuid()).ToByteArray()), _around.Time);
        return new DnsResponder(_environment, () => resolvers.Current, forwarder, new DnsCache(RememberedAnswers, _around.Time));
    }

    private static IPEndPoint At(int port) => new(ServiceNetwork.Address, port);

    [LoggerMessage(Level = LogLevel.Information, Message = "DNS and metadata are served at {Address}")]
    private static partial void LogOpen(ILogger log, IPAddress address);

    [LoggerMessage(Level = LogLevel.Error, Message = "DNS and metadata are not served: {Reason}")]
    private static partial void LogFailure(ILogger log, string reason);
}
