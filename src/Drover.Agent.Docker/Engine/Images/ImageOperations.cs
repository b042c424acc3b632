using System.Text.Json;

namespace Drover.Agent.Docker.Engine.Images;

/// <summary>
/// What can be done with images. Long operations report progress and throw what the engine says in the midst of it, where
/// it can no longer give a status.
/// </summary>
public sealed class ImageOperations
{
    private const string Noun = "/images";
    private const string Loaded = "Loaded image: ", LoadedId = "Loaded image ID: ";
    private readonly EngineConnection _connection;

    internal ImageOperations(EngineConnection connection) => _connection = connection;

    /// <summary>One image by name or id; not found when it is not on this host.</summary>
    public Task<ImageInspect> InspectAsync(string name, CancellationToken cancellation = default) =>
        _connection.AskAsync(EngineRequest.Get(new EngineUri(Noun, name, "/json")), EngineJson.Default.ImageInspect, cancellation);

    /// <summary>Lists images; with <paramref name="all"/> the layers between too.</summary>
    public Task<IReadOnlyList<ImageSummary>> ListAsync(
        EngineFilters? filters = null, bool all = false, CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Get(new EngineUri("/images/json").With("all", all).With(filters)),
            EngineJson.Default.IReadOnlyListImageSummary, cancellation);

    /// <summary>Pulls one image; unauthorized or not found by the registry's word, which may hide one behind the other.</summary>
    /// <param name="name">The image; <c>latest</c> when it has neither tag nor digest.</param>
    /// <param name="auth">The credential for its registry, or none.</param>
    /// <param name="progress">Told each line of progress.</param>
    /// <param name="platform">Such as <c>linux/arm64</c>; null for the host's.</param>
    /// <param name="cancellation">Ends the pull in the engine too.</param>
    public Task PullAsync(
        string name, RegistryAuth? auth = null, IProgress<ImageProgress>? progress = null, string? platform = null,
        CancellationToken cancellation = default)
    {
        var reference = ImageReference.Parse(name);
        var uri = new EngineUri("/images/create")
            .With("fromImage", reference.Repository).With("tag", reference.TagOrDigest).With("platform", platform);
        return FollowAsync(EngineRequest.Post(uri) with { Auth = auth }, progress, null, cancellation);
    }

    /// <summary>Loads a tar as <c>docker save</c> writes it; returns the names, or ids where there is none, that it held.</summary>
    public async Task<IReadOnlyList<string>> LoadAsync(
        Stream tar, IProgress<ImageProgress>? progress = null, CancellationToken cancellation = default)
    {
        var loaded = new List<string>();
        await FollowAsync(
            EngineRequest.Post(new EngineUri("/images/load").With("quiet", progress is null)) with { Body = Tar(tar) }, progress,
            line =>
            {
                if (line.Stream?.TrimEnd() is not { } text) return;
                if (text.StartsWith(Loaded, StringComparison.Ordinal)) loaded.Add(text[Loaded.Length..]);
                if (text.StartsWith(LoadedId, StringComparison.Ordinal)) loaded.Add(text[LoadedId.Length..]);
            },
            cancellation);
        return loaded;
    }

    /// <summary>Makes an image of one layer of a tar of files; returns its id.</summary>
    /// <param name="tar">The root file system.</param>
    /// <param name="repository">The new image's name.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="changes">Dockerfile instructions, such as <c>CMD ["sh"]</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<string> ImportAsync(
        Stream tar, string repository, string? tag = null, IReadOnlyList<string>? changes = null, CancellationToken cancellation = default)
    {
        var uri = new EngineUri("/images/create").With("fromSrc", "-").With("repo", repository).With("tag", tag);
        foreach (var change in changes ?? []) uri.With("changes", change);
        string? id = null;
        await FollowAsync(EngineRequest.Post(uri) with { Body = Tar(tar) }, null, line => id = line.Status ?? id, cancellation);
        return id ?? throw new EngineException(EngineFault.Failed, $"The engine named no image for the import of {repository}");
    }

    /// <summary>Gives an image one more name.</summary>
    public Task TagAsync(string name, string repository, string? tag = null, CancellationToken cancellation = default) =>
        _connection.DoAsync(
            EngineRequest.Post(new EngineUri(Noun, name, "/tag").With("repo", repository).With("tag", tag)), cancellation);

    /// <summary>Removes a name, and the image with its last name; conflict while a container uses it, unless forced.</summary>
    public Task<IReadOnlyList<ImageDeleteItem>> RemoveAsync(
        string name, bool force = false, bool noPrune = false, CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Delete(new EngineUri(Noun, name).With("force", force).With("noprune", noPrune)),
            EngineJson.Default.IReadOnlyListImageDeleteItem, cancellation);

    /// <summary>Builds an image of a context; returns its id.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="context">A tar of the context; null when the request names a remote one.</param>
    /// <param name="progress">Told each line of output.</param>
    /// <param name="cancellation">Ends the build in the engine too.</param>
    public async Task<string> BuildAsync(
        BuildImageRequest request, Stream? context, IProgress<ImageProgress>? progress = null, CancellationToken cancellation = default)
    {
        var uri = new EngineUri("/build")
            .With("dockerfile", request.Dockerfile).With("remote", request.Remote)
            .With("nocache", request.NoCache).With("rm", request.Rm).With("forcerm", request.ForceRm)
            .With("buildargs", Json(request.BuildArgs)).With("labels", Json(request.Labels));
        foreach (var tag in request.Tags) uri.With("t", tag);
        string? id = null;
        await FollowAsync(
            EngineRequest.Post(uri) with { Body = context is null ? null : Tar(context), AuthByRegistry = request.AuthByRegistry },
            progress, line => id = line.Aux?.ID ?? id, cancellation);
        return id ?? throw new EngineException(EngineFault.Failed, "The engine named no image for the build");
    }

    private async Task FollowAsync(
        EngineRequest request, IProgress<ImageProgress>? progress, Action<ImageProgress>? read, CancellationToken cancellation)
    {
        await foreach (var line in _connection.StreamAsync(request.WithoutDeadline(), EngineJson.Default.ImageProgress, cancellation))
        {
            if (line.Error is { } error) throw EngineException.FromStream(error);
            read?.Invoke(line);
            progress?.Report(line);
        }
    }

    private static StreamContent Tar(Stream tar) => new(tar) { Headers = { ContentType = new("application/x-tar") } };

    private static string? Json(IReadOnlyDictionary<string, string>? values) =>
        values is null ? null : JsonSerializer.Serialize(values, EngineJson.Default.IReadOnlyDictionaryStringString);
}
