namespace Drover.Server.Streams;

/// <summary>Where clients open streams: the words are the paths' and the tokens' purposes alike.</summary>
public static class StreamPaths
{
    public const string Exec = "exec";
    public const string Logs = "logs";
    public const string DockerSocket = "dockersocket";
    public const string ContainerProxy = "container-proxy";
    public const string ContainerPage = "container-page";
    public const string Stats = "stats";
    public const string HostStats = "hoststats";
    public const string ContainerStats = "containerstats";

    /// <summary>The same paths are served under every version; answers name the first.</summary>
    public static readonly string[] Versions = ["v1", "v2-beta", "v2"];

    /// <summary>The address that goes with a token.</summary>
    /// <param name="origin">Scheme, host and port as the caller knows them.</param>
    /// <param name="path">A purpose, and what follows it.</param>
    public static string Http(string origin, string path) => $"{origin}/v1/{path}";

    /// <summary>The address of a socket that goes with a token.</summary>
    public static string WebSocket(string origin, string path) => $"ws{origin["http".Length..]}/v1/{path}";
}
