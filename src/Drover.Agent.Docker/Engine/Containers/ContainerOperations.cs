using System.Globalization;
using System.Net.Http.Json;

namespace Drover.Agent.Docker.Engine.Containers;

/// <summary>What can be done with containers. Ids may be full ids, unique beginnings or names.</summary>
public sealed class ContainerOperations
{
    private const string Noun = "/containers";
    private readonly EngineConnection _connection;

    internal ContainerOperations(EngineConnection connection) => _connection = connection;

    /// <summary>Lists running containers, or all of them; sizes cost a walk over the disk.</summary>
    public Task<IReadOnlyList<ContainerSummary>> ListAsync(
        EngineFilters? filters = null, bool all = false, bool size = false, CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Get(new EngineUri("/containers/json").With("all", all).With("size", size).With(filters)),
            EngineJson.Default.IReadOnlyListContainerSummary, cancellation);

    /// <summary>Makes a container; conflict when the name is taken, not found when the image is not here.</summary>
    /// <param name="request">What it shall be.</param>
    /// <param name="name">At least two of letters, digits, <c>_.-</c>; null lets the engine invent one.</param>
    /// <param name="cancellation">Stops waiting; the container may be made all the same.</param>
    public Task<CreateContainerResponse> CreateAsync(
        CreateContainerRequest request, string? name = null, CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Post(new EngineUri("/containers/create").With("name", name)) with
            {
                Body = JsonContent.Create(request, EngineJson.Default.CreateContainerRequest),
            },
            EngineJson.Default.CreateContainerResponse, cancellation);

    /// <summary>Starts it; false when it ran already.</summary>
    public Task<bool> StartAsync(string id, CancellationToken cancellation = default) =>
        _connection.DoAsync(EngineRequest.Post(new EngineUri(Noun, id, "/start")), cancellation);

    /// <summary>Sends the stop signal, and SIGKILL after the timeout; false when it did not run.</summary>
    /// <param name="id">The container.</param>
    /// <param name="timeout">In whole seconds; negative waits for ever, null takes the container's own.</param>
    /// <param name="cancellation">Stops waiting; the container is stopped all the same.</param>
    public Task<bool> StopAsync(string id, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        _connection.DoAsync(EngineRequest.Post(new EngineUri(Noun, id, "/stop").With("t", Seconds(timeout))).WithoutDeadline(), cancellation);

    /// <summary>Stops it as <see cref="StopAsync"/> does and starts it again.</summary>
    public Task RestartAsync(string id, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        _connection.DoAsync(EngineRequest.Post(new EngineUri(Noun, id, "/restart").With("t", Seconds(timeout))).WithoutDeadline(), cancellation);

    /// <summary>Sends a signal; conflict when it does not run.</summary>
    public Task KillAsync(string id, string signal = "SIGKILL", CancellationToken cancellation = default) =>
        _connection.DoAsync(EngineRequest.Post(new EngineUri(Noun, id, "/kill").With("signal", signal)), cancellation);

    /// <summary>Removes it; conflict when it runs and is not forced, or when a removal is under way.</summary>
    /// <param name="id">The container.</param>
    /// <param name="force">Kills it first.</param>
    /// <param name="volumes">Removes its volumes without a name too.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task RemoveAsync(string id, bool force = false, bool volumes = false, CancellationToken cancellation = default) =>
        _connection.DoAsync(EngineRequest.Delete(new EngineUri(Noun, id).With("force", force).With("v", volumes)), cancellation);

    /// <summary>Everything about one container.</summary>
    public Task<ContainerInspect> InspectAsync(string id, bool size = false, CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Get(new EngineUri(Noun, id, "/json").With("size", size)), EngineJson.Default.ContainerInspect, cancellation);

    /// <summary>Gives it another name; conflict when that is taken.</summary>
    public Task RenameAsync(string id, string name, CancellationToken cancellation = default) =>
        _connection.DoAsync(EngineRequest.Post(new EngineUri(Noun, id, "/rename").With("name", name)), cancellation);

    /// <summary>Waits until it has ended, for as long as the caller wishes, and tells how.</summary>
    /// <param name="id">The container.</param>
    /// <param name="condition"><c>not-running</c>, <c>next-exit</c> or <c>removed</c>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task<ContainerWaitResponse> WaitAsync(
        string id, string condition = "not-running", CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Post(new EngineUri(Noun, id, "/wait").With("condition", condition)).WithoutDeadline(),
            EngineJson.Default.ContainerWaitResponse, cancellation);

    /// <summary>What it wrote: frames of <see cref="StandardStreams"/>, or plain bytes where it has a terminal. Every line begins with its time.</summary>
    /// <param name="id">The container.</param>
    /// <param name="follow">Goes on until it ends.</param>
    /// <param name="tail">The newest so many lines; null for all.</param>
    /// <param name="since">Nothing older; null for no bound.</param>
    /// <param name="cancellation">Ends the opening; dispose the answer to end the stream.</param>
    public Task<EngineBytes> LogsAsync(string id, bool follow, long? tail, DateTimeOffset? since, CancellationToken cancellation = default) =>
        _connection.OpenAsync(
            EngineRequest.Get(new EngineUri(Noun, id, "/logs").With("stdout", true).With("stderr", true).With("timestamps", true).With("follow", follow)
                .With("tail", tail?.ToString(CultureInfo.InvariantCulture) ?? "all").With("since", Timestamp(since))),
            cancellation);

    /// <summary>What it has used up to this moment; all zero for one that does not run.</summary>
    public Task<ContainerStats> StatsAsync(string id, CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Get(new EngineUri(Noun, id, "/stats").With("stream", false).With("one-shot", true)), EngineJson.Default.ContainerStats, cancellation);

    private static string? Timestamp(DateTimeOffset? time) => time is { } given && given > DateTimeOffset.UnixEpoch
        ? string.Create(CultureInfo.InvariantCulture, $"{given.ToUnixTimeSeconds()}.{given.Ticks % TimeSpan.TicksPerSecond * 100:D9}")
        : null;

    private static long? Seconds(TimeSpan? timeout) => timeout is { } given ? (long)Math.Ceiling(given.TotalSeconds) : null;
}
