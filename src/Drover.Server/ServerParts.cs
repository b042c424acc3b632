using Drover.Model.Kernel;
using Drover.Reconcile;
using Drover.Server.Agents;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Subscribe;
using Drover.Server.Api.Views;
using Drover.Server.Audit;
using Drover.Server.Containers;
using Drover.Server.Hosts;
using Drover.Server.Periodic;
using Drover.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Drover.Server;

/// <summary>What every slice of the server is built from, and where it registers what it adds.</summary>
public sealed class ServerParts
{
    private readonly List<IBackgroundWork> _work = [];
    private readonly List<IPeriodicWork> _periodic = [];
    private readonly List<ServerRoute> _routes = [];

    public required ServerOptions Options { get; init; }
    public required ResourceStore Store { get; init; }
    public required ILoggerFactory Logs { get; init; }

    /// <summary>True for requests that may act as the administrator while access control is off.</summary>
    public Func<HttpRequest, bool> Admits { get; init; } = _ => false;

    /// <summary>Pieces of the kinds, called by the generic API.</summary>
    public KindPieces Pieces { get; } = new();

    /// <summary>The schemas of all roles.</summary>
    public RoleCatalogs Catalogs { get; } = new(Catalog.All);

    /// <summary>What containers sign in with.</summary>
    public ServiceAccountSecrets AccountSecrets => field ??= new ServiceAccountSecrets(Options.DataFolder, Ids);

    /// <summary>Notes changes for the audit log.</summary>
    public AuditTrail Audit => field ??= new AuditTrail(Store, Time);

    public TimeProvider Time => Options.Time;
    public IdSource Ids => Options.Ids;

    /// <summary>Work that runs from start to stop.</summary>
    public IReadOnlyList<IBackgroundWork> Work => _work;

    /// <summary>What is done again and again.</summary>
    public IReadOnlyList<IPeriodicWork> Periodic => _periodic;

    /// <summary>Names this server among those of its installation, from its start to its end.</summary>
    public string ServerId => field ??= Ids.NewUuid().ToString();

    /// <summary>Paths outside of the resource API.</summary>
    public IReadOnlyList<ServerRoute> Routes => _routes;

    /// <summary>Reconcilers of all slices, run by the orchestrator.</summary>
    public IList<Reconciler> Reconcilers { get; } = [];

    /// <summary>What a placement takes on its host besides ports and room.</summary>
    public IList<IPlacementClaim> Claims { get; } = [];

    /// <summary>What hosts are told beside their containers; null for nothing.</summary>
    public IHostProjection? Projection { get; set; }

    /// <summary>Writes the messages of the stream of changes.</summary>
    public EventWriter Events => field ??= new EventWriter(Pieces, Ids, Time, Logs.CreateLogger<EventWriter>());

    /// <summary>Events beside changes of resources.</summary>
    public List<IEventSource> EventSources { get; } = [];

    /// <summary>Runs something from start to stop of the server.</summary>
    public void Run(IBackgroundWork work) => _work.Add(work);

    /// <summary>Does something again and again from start to stop of the server.</summary>
    public void Repeat(IPeriodicWork work) => _periodic.Add(work);

    /// <summary>Answers a path outside of the resource API; its rule says who may ask. A whole path comes before those that stand for all below them.</summary>
    public void Route(ServerRoute route) => _routes.Insert(route.Path.EndsWith('/') ? _routes.Count : 0, route);
}
