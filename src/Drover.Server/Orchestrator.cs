using Drover.Protocol;
using Drover.Reconcile;
using Drover.Server.Agents;
using Drover.Server.Containers;
using Drover.Server.Hosts;
using Drover.Server.Volumes;
using Microsoft.Extensions.Logging;

namespace Drover.Server;

/// <summary>The part of the server that makes hosts run what is wanted: reconcilers, placement, sessions, reports. Its pieces are public so that a simulator can step them.</summary>
public sealed class Orchestrator : IBackgroundWork
{
    private readonly ServerParts _parts;
    private readonly PlacementIndex _index = new();

    /// <param name="parts">What the server is made of; all other slices are registered already.</param>
    public Orchestrator(ServerParts parts)
    {
        _parts = parts;
        Sessions = new AgentSessions(parts.Time);
        Hub = new AssignmentHub(parts.Store);
        Intake = new StatusIntake(parts.Store);
        Session = new SessionParts(parts.Store, Sessions, Hub, Intake, parts.Projection ?? new NoProjection(), parts.Time);
        Controllers = new ControllerHost(
            parts.Store,
            [
                new PlacementReconciler(parts.Store, _index, new PlacementCommit([new NamedVolumes(), .. parts.Claims]), parts.Time),
                new ContainerReconciler(parts.Store),
                new HostReconciler(parts.Store, Sessions, parts.Time),
                .. parts.Reconcilers,
            ],
            [Intake],
            parts.Time,
            ControllerOptions.Default,
            parts.Logs.CreateLogger<ControllerHost>());
    }

    public string Name => "Orchestrator";

    public AgentSessions Sessions { get; }

    public AssignmentHub Hub { get; }

    public StatusIntake Intake { get; }

    public ControllerHost Controllers { get; }

    /// <summary>What sessions of agents are held with.</summary>
    public SessionParts Session { get; }

    /// <summary>Registers routes, pieces of the API and background work.</summary>
    public void Register()
    {
        var routes = new AgentRoutes(Session, new AgentRegistration(_parts.Store, _parts.Ids));
        _parts.Route(new ServerRoute(Wire.RegisterPath, RouteRule.Anyone, (http, _) => routes.RegisterAsync(http)));
        _parts.Route(new ServerRoute(Wire.SessionPath, RouteRule.Anyone, (http, _) => routes.SessionAsync(http)));
        _parts.Pieces.Add(new HostState());
        _parts.Run(Intake);
        _parts.Run(this);
    }

    /// <summary>Begins to follow the store; the placement view before the reconcilers that read it.</summary>
    public IDisposable Follow()
    {
        var following = _index.Follow(_parts.Store);
        Hub.Start();
        Sessions.Changed += hostId => Controllers.Wake(nameof(HostReconciler), hostId);
        return following;
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        using var following = Follow();
        Controllers.Start();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Controllers.DisposeAsync().ConfigureAwait(false);
        Hub.Dispose();
    }

    private sealed class NoProjection : IHostProjection, IHostFeed
    {
        public IHostFeed Open(long hostId, Action changed) => this;

        public HostNews Take(bool complete) => HostNews.None;

        public void Dispose()
        {
        }
    }
}
