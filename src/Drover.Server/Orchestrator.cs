using Drover.Protocol;
using Drover.Reconcile;
using Drover.Server.Agents;
using Drover.Server.Api.Seams;
using Drover.Server.Containers;
using Drover.Server.Hosts;
using Drover.Server.Pulls;
using Drover.Server.Services;
using Drover.Server.Stacks;
using Drover.Server.Streams;
using Drover.Server.Volumes;
using Microsoft.Extensions.Logging;

namespace Drover.Server;

/// <summary>The part of the server that makes hosts run what is wanted: reconcilers, placement, sessions, reports. Its pieces are public so that a simulator can step them.</summary>
public sealed class Orchestrator : IBackgroundWork
{
    private readonly ServerParts _parts;
    private readonly PlacementIndex _index = new();
    private readonly GlobalServices _globals = new();
    private readonly LinkIndex _links = new();
    private readonly List<IDisposable> _following = [];

    /// <param name="parts">What the server is made of; all other slices are registered already.</param>
    public Orchestrator(ServerParts parts)
    {
        _parts = parts;
        Sessions = new AgentSessions(parts.Time);
        Streams = new StreamBroker(Sessions, parts.Ids, parts.Time);
        Pulls = new PullCalls(Sessions, Streams, parts.Time);
        Hub = new AssignmentHub(parts.Store);
        Intake = new StatusIntake(parts.Store);
        Session = new SessionParts(parts.Store, Sessions, Hub, Intake, parts.Projection ?? new NoProjection(), parts.AccountSecrets, parts.Time);
        Controllers = new ControllerHost(
            parts.Store,
            [
                new PlacementReconciler(parts.Store, _index, new PlacementCommit([new NamedVolumes(), .. parts.Claims]), parts.Time),
                new ContainerReconciler(parts.Store),
                new HostReconciler(parts.Store, Sessions, parts.Time),
                new ServiceReconciler(parts.Store, _globals, parts.Ids, parts.Time),
                new LinkReconciler(parts.Store, _links),
                new StackReconciler(parts.Store, parts.Time),
                new VolumeReconciler(parts.Store),
                new PullReconciler(parts.Store, Pulls, parts.Time),
                .. parts.Reconcilers,
            ],
            [Intake],
            parts.Time,
            ControllerOptions.Default,
            parts.Logs.CreateLogger<ControllerHost>());
    }

    public string Name => "Orchestrator";

    public AgentSessions Sessions { get; }

    /// <summary>Streams from hosts.</summary>
    public StreamBroker Streams { get; }

    /// <summary>What hosts pull for pull tasks.</summary>
    public PullCalls Pulls { get; }

    public AssignmentHub Hub { get; }

    public StatusIntake Intake { get; }

    public ControllerHost Controllers { get; }

    /// <summary>What sessions of agents are held with.</summary>
    public SessionParts Session { get; }

    /// <summary>Registers routes, pieces of the API and background work.</summary>
    public void Register()
    {
        var routes = new AgentRoutes(Session, new AgentRegistration(_parts.Store, _parts.Ids), _parts.Audit);
        _parts.Route(new ServerRoute(Wire.RegisterPath, RouteRule.Anyone, (http, _) => routes.RegisterAsync(http)));
        _parts.Route(new ServerRoute(Wire.SessionPath, RouteRule.Anyone, (http, _) => routes.SessionAsync(http)));
        var composed = new ComposedStack(_parts.Catalogs);
        IKindPiece[] pieces =
        [
            new HostState(), new HostInstanceIds(), new HostPublicEndpoints(),
            new ContainerRules(), new StartContainer(), new StopContainer(), new RestartContainer(),
            new ContainerAgentId(), new ContainerServiceIds(), new ContainerMounts(), new VolumeMounts(), new VolumeRules(),
            new ServiceRules(), new ActivateService(), new DeactivateService(), new RestartService(), new UpgradeService(_parts.Ids), new RollbackService(), new UpgradesOfServices(),
            .. LinkActions.All,
            new ServiceInstanceIds(), new ServiceLinkedServices(), new ServicePublicEndpoints(),
            new StackRules(composed), new StackServiceIds(), new UpgradeStack(new UpgradedStack(composed, _parts.Ids)), .. EndOfStackUpgrade.All, new NoStackErrors(),
            new ActivateServices(), new DeactivateServices(), new AddOutputs(), new ExportConfig(),
            new PullStatus(),
            .. Forget.All,
        ];
        foreach (var piece in pieces) _parts.Pieces.Add(piece);
        _parts.Run(Intake);
        _parts.Run(this);
    }

    /// <summary>Begins to follow the store; the indexes before the reconcilers that read them.</summary>
    public void Follow()
    {
        _following.AddRange([_index.Follow(_parts.Store), _globals.Follow(_parts.Store), _links.Follow(_parts.Store)]);
        Hub.Start();
        Sessions.Changed += hostId => Controllers.Wake(nameof(HostReconciler), hostId);
        Pulls.Ended += taskId => Controllers.Wake(nameof(PullReconciler), taskId);
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        Follow();
        Controllers.Start();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Controllers.DisposeAsync().ConfigureAwait(false);
        Pulls.Dispose();
        Hub.Dispose();
        foreach (var following in _following) following.Dispose();
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
