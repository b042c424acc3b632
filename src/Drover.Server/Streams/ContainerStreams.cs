using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Streams;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Streams;

/// <summary>`logs` of a container: gives a token for its lines.</summary>
internal sealed class ContainerLogsAction(StreamTokens tokens, TimeProvider time) : IKindAction
{
    public string Kind => "container";

    public string Action => "logs";

    public Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        var asked = (ContainerLogs?)call.Input ?? new ContainerLogs();
        DateTimeOffset? since = string.IsNullOrWhiteSpace(asked.Since) ? null
            : SinceText.Parse(asked.Since, time.GetUtcNow()) ?? throw new ProblemException(new Problem("InvalidFormat", "since", Detail: "A time (2026-01-31T12:00:00Z), seconds since 1970, or how long ago (10m, 1h30m)"));
        var container = (Container)call.Target.Wanted;
        var place = Placed.Of(call.Call, call.Target);
        var claims = new LogsClaims(place.EngineId, asked.Lines ?? 100, asked.Follow, asked.Timestamps ?? true, since, AcrossRestarts: container.Running && !IsStartOnce(container));
        var ticket = new StreamTicket { Purpose = StreamPaths.Logs, Kind = "container", ObjectId = call.Target.Id, HostUuid = place.HostUuid, Logs = claims };
        return Placed.Answer(tokens, call.Call, ticket, StreamPaths.Logs + "/");
    }

    /// <summary>One that runs to its end writes no more behind it.</summary>
    private static bool IsStartOnce(Container container)
        => container.Labels.Items.FirstOrDefault(label => label.Key == "io.rancher.container.start_once").Value == "true";
}

/// <summary>`execute` in a container: gives a token for a command (CTR-22).</summary>
internal sealed class ContainerExecuteAction(StreamTokens tokens) : IKindAction
{
    public string Kind => "container";

    public string Action => "execute";

    public Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        var asked = (ContainerExec)call.Input!;
        var place = Placed.Of(call.Call, call.Target);
        var claims = new ExecClaims(asked.AttachStdin, asked.AttachStdout, asked.Tty, [.. asked.Command], place.EngineId);
        var ticket = new StreamTicket { Purpose = StreamPaths.Exec, Kind = "container", ObjectId = call.Target.Id, HostUuid = place.HostUuid, Exec = claims };
        return Placed.Answer(tokens, call.Call, ticket, StreamPaths.Exec + "/");
    }
}

/// <summary>Where a container is.</summary>
/// <param name="EngineId">The engine's id.</param>
/// <param name="HostUuid">The host as the contract's tokens name it.</param>
internal sealed record Placed(string EngineId, string? HostUuid)
{
    /// <summary>Throws 404 where it is on no host yet.</summary>
    public static Placed Of(ApiCall call, Entry container)
        => container is { Wanted: Container { HostId: { } hostId }, Seen: ContainerSeen { ExternalId: { } engineId } } && call.Snapshot.Get<Host>(hostId) is { } host
            ? new Placed(engineId, UuidOf(host))
            : throw new ProblemException(Problem.NotFound() with { Detail = "The container is on no host yet" });

    public static string? UuidOf(Host host) => host.ReportedUuid ?? host.Uuid;

    /// <summary>Signs a ticket for the caller and answers where to go with it.</summary>
    public static Task<ActionOutcome> Answer(StreamTokens tokens, ApiCall call, StreamTicket ticket, string path)
        => Task.FromResult(ActionOutcome.Of("hostAccess", new HostAccess
        {
            Token = tokens.Make(StreamAccess.Stamp(ticket, call)),
            Url = StreamPaths.WebSocket(call.Urls.Origin, path),
        }));
}
