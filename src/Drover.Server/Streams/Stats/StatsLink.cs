using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Streams;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Hosts;

namespace Drover.Server.Streams.Stats;

/// <summary>A link that gives a token for figures (api-semantics.md sections 9 and 17).</summary>
/// <param name="tokens">Signs.</param>
/// <param name="sessions">Knows which hosts can tell.</param>
/// <param name="kind">The kind or family it stands on.</param>
/// <param name="link">Its name.</param>
/// <param name="purpose">What it gives figures of.</param>
internal sealed class StatsLink(StreamTokens tokens, AgentSessions sessions, string kind, string link, string purpose) : IKindLink
{
    private readonly string _word = link.ToLowerInvariant();

    public string Kind => kind;

    public string Link => link;

    /// <summary>The links that 1.6 has, and one of our own on stacks.</summary>
    public static IEnumerable<IKindPiece> All(StreamTokens tokens, AgentSessions sessions) =>
    [
        new StatsLink(tokens, sessions, "host", "stats", StreamPaths.Stats),
        new StatsLink(tokens, sessions, "host", "hostStats", StreamPaths.HostStats),
        new StatsLink(tokens, sessions, "host", "containerStats", StreamPaths.ContainerStats),
        new StatsLink(tokens, sessions, "container", "stats", StreamPaths.Stats),
        new StatsLink(tokens, sessions, "container", "containerStats", StreamPaths.ContainerStats),
        new StatsLink(tokens, sessions, "service", "containerStats", StreamPaths.ContainerStats),
        new StatsLink(tokens, sessions, "loadBalancerService", "containerStats", StreamPaths.ContainerStats),
        new StatsLink(tokens, sessions, "project", "hostStats", StreamPaths.HostStats),
        new StatsLink(tokens, sessions, "stack", "containerStats", StreamPaths.ContainerStats),
    ];

    /// <summary>The family's piece stands on its two kinds with containers of their own alone; 1.6 has none on stacks.</summary>
    public bool Shows(ApiCall call, Entry entry)
        => kind == "service" ? entry.Kind.Name == "service" : kind != "stack" || call.WantsOwn;

    /// <summary>A word behind a project's id is a collection in its scope: outside of a scope the project's own link leads into it first.</summary>
    public string WordOf(ApiCall call, Entry entry)
        => kind == "project" && call.Path.Project is null ? $"projects/{ResourceId.Format(entry.Kind, entry.Id)}/{_word}" : _word;

    public Task<ActionOutcome> FollowAsync(ApiCall call, Entry target, CancellationToken cancel)
    {
        var host = HostOf(call, target);
        var isAway = host is { } at && !sessions.Serves(at.Id, Protocol.StreamPurpose.Stats);
        if (isAway && purpose == StreamPaths.ContainerStats)
            throw new ProblemException(new Problem("Service Unavailable", Message: "Service Unavailable", Status: 503, Detail: "The host is not connected, or its agent is too old for this"));
        var engineId = (target.Seen as ContainerSeen)?.ExternalId;
        var wireId = ResourceId.Format(target.Kind, target.Id);
        var ticket = new StreamTicket
        {
            Purpose = purpose,
            Kind = target.Kind.Name,
            ObjectId = target.Id,
            HostUuid = host is { Wanted: Host known } ? Placed.UuidOf(known) : null,
            ResourceId = purpose == StreamPaths.HostStats ? wireId : null,
            ContainerIds = engineId is null ? null : new Dictionary<string, string> { [engineId] = wireId },
        };
        return Task.FromResult(ActionOutcome.Of("statsAccess", new StatsAccess
        {
            Token = tokens.Make(StreamAccess.Stamp(ticket, call)),
            Url = isAway && purpose == StreamPaths.HostStats ? null : StreamPaths.WebSocket(call.Urls.Origin, PathOf(target, engineId)),
        }));
    }

    /// <summary>The host of a host or container; null for what may be on several.</summary>
    private static Entry? HostOf(ApiCall call, Entry target) => target.Wanted switch
    {
        Host => target,
        Container => call.Snapshot.Find<Host>(((Container)target.Wanted).HostId ?? 0) ?? throw new ProblemException(Problem.NotFound() with { Detail = "The container is on no host yet" }),
        _ => null,
    };

    private string PathOf(Entry target, string? engineId) => target.Wanted switch
    {
        Container => $"{purpose}/{engineId}",
        Host => purpose,
        Project => $"{purpose}/project/",
        Model.Stacks.Stack => $"{purpose}/stack/",
        _ => $"{purpose}/service/",
    };
}
