namespace Drover.Agent.Docker.Engine;

/// <summary>One question to the engine.</summary>
internal sealed record EngineRequest(HttpMethod Method, EngineUri Uri)
{
    /// <summary>How long a whole answer may take unless the request says otherwise; a loaded disk makes creates slow.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(2);

    public HttpContent? Body { get; init; }

    /// <summary>The value of X-Registry-Auth, see <see cref="RegistryAuth"/>.</summary>
    public RegistryAuth? Auth { get; init; }

    /// <summary>The value of X-Registry-Config: credentials by registry, for builds.</summary>
    public IReadOnlyDictionary<string, RegistryAuth>? AuthByRegistry { get; init; }

    /// <summary>When to give up; <see cref="Timeout.InfiniteTimeSpan"/> for streams and waits.</summary>
    public TimeSpan Patience { get; init; } = UsualPatience;

    public static EngineRequest Get(EngineUri uri) => new(HttpMethod.Get, uri);

    public static EngineRequest Post(EngineUri uri) => new(HttpMethod.Post, uri);

    public static EngineRequest Delete(EngineUri uri) => new(HttpMethod.Delete, uri);

    /// <summary>The same for as long as the caller waits.</summary>
    public EngineRequest WithoutDeadline() => this with { Patience = Timeout.InfiniteTimeSpan };
}
