using System.Globalization;
using System.Text.Json.Serialization;
using Drover.Protocol;

namespace Drover.Server.Streams;

/// <summary>What a token says: who may open which stream of which object until when. The first names are the contract's claims (api-semantics.md section 17), the others are ours.</summary>
public sealed record StreamTicket
{
    [JsonPropertyName("hostUuid")]
    public string? HostUuid { get; init; }

    [JsonPropertyName("sub")]
    public string Subject { get; init; } = "cattle";

    [JsonPropertyName("iss")]
    public string Issuer { get; init; } = StreamTokens.Issuer;

    /// <summary>Seconds since 1970.</summary>
    [JsonPropertyName("iat")]
    public long IssuedAt { get; init; }

    /// <summary>Seconds since 1970.</summary>
    [JsonPropertyName("exp")]
    public long Expires { get; init; }

    [JsonPropertyName("exec")]
    public ExecClaims? Exec { get; init; }

    [JsonPropertyName("logs")]
    public LogsClaims? Logs { get; init; }

    [JsonPropertyName("proxy")]
    public ProxyClaims? Proxy { get; init; }

    /// <summary>Engine ids to wire ids, for the figures of one container.</summary>
    [JsonPropertyName("containerIds")]
    public IReadOnlyDictionary<string, string>? ContainerIds { get; init; }

    /// <summary>The wire id whose host's figures are told.</summary>
    [JsonPropertyName("resourceId")]
    public string? ResourceId { get; init; }

    /// <summary>Random; a token is taken once.</summary>
    [JsonPropertyName("jti")]
    public string Id { get; init; } = "";

    /// <summary>Which path takes it.</summary>
    [JsonPropertyName("purpose")]
    public required string Purpose { get; init; }

    /// <summary>The kind and number of the object.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("object")]
    public required long ObjectId { get; init; }

    /// <summary>The account that signed in.</summary>
    [JsonPropertyName("user")]
    public long UserId { get; init; }

    /// <summary>The account acted as: the project inside of a project's scope.</summary>
    [JsonPropertyName("account")]
    public long AccountId { get; init; }

    /// <summary>The session that it was asked for with; the stream ends with it.</summary>
    [JsonPropertyName("session")]
    public long? SessionId { get; init; }

    /// <summary>The API key that it was asked for with; the stream ends with it.</summary>
    [JsonPropertyName("key")]
    public long? KeyId { get; init; }

    /// <summary>The container's account that it was asked for with; the stream ends with it.</summary>
    [JsonPropertyName("agent")]
    public long? AgentId { get; init; }

    [JsonPropertyName("role")]
    public string Role { get; init; } = "";

    /// <summary>True where access control was on; what was given while it was off ends when it is turned on.</summary>
    [JsonPropertyName("secured")]
    public bool Secured { get; init; }

    /// <summary>True where it was asked for with what Drover adds: how a command ended is then told.</summary>
    [JsonPropertyName("own")]
    public bool WantsOwn { get; init; }
}

/// <summary>A command in a container; the names are the engine's.</summary>
public sealed record ExecClaims(
    [property: JsonPropertyName("AttachStdin")] bool AttachStdin,
    [property: JsonPropertyName("AttachStdout")] bool AttachStdout,
    [property: JsonPropertyName("Tty")] bool Tty,
    [property: JsonPropertyName("Cmd")] IReadOnlyList<string> Cmd,
    [property: JsonPropertyName("Container")] string Container)
{
    public ExecOrder Order => new(Container, [.. Cmd], Tty, AttachStdin, AttachStdout);
}

/// <summary>Lines of a container.</summary>
public sealed record LogsClaims(
    [property: JsonPropertyName("Container")] string Container,
    [property: JsonPropertyName("Lines")] long Lines,
    [property: JsonPropertyName("Follow")] bool Follow,
    [property: JsonPropertyName("Timestamps")] bool Timestamps,
    [property: JsonPropertyName("Since")] DateTimeOffset? Since,
    [property: JsonPropertyName("AcrossRestarts")] bool AcrossRestarts)
{
    public LogsOrder Order => new(Container, Lines, Follow, Timestamps, Since, AcrossRestarts);
}

/// <summary>A port of a container that is spoken to over HTTP.</summary>
/// <param name="Container">The engine's id.</param>
/// <param name="Scheme">"http" or "https".</param>
/// <param name="Address">Its address and port; the host looks the address up itself.</param>
public sealed record ProxyClaims(
    [property: JsonPropertyName("Container")] string Container,
    [property: JsonPropertyName("scheme")] string Scheme,
    [property: JsonPropertyName("address")] string Address)
{
    public ConnectOrder Order => new(Container, int.Parse(Address[(Address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture));
}
