namespace Drover.Agent.Docker.Engine.Containers;

/// <summary>What of a container does not depend on the host: process, environment, labels. Null means the image's or the engine's default.</summary>
public record ContainerConfig
{
    public string? Hostname { get; init; }

    public string? Domainname { get; init; }

    /// <summary>User or uid, with an optional group behind a colon.</summary>
    public string? User { get; init; }

    public bool? AttachStdin { get; init; }

    public bool? AttachStdout { get; init; }

    public bool? AttachStderr { get; init; }

    /// <summary>Keys such as <c>80/tcp</c>; the values are empty objects.</summary>
    public IReadOnlyDictionary<string, EmptyObject>? ExposedPorts { get; init; }

    public bool? Tty { get; init; }

    public bool? OpenStdin { get; init; }

    public bool? StdinOnce { get; init; }

    /// <summary>Entries <c>NAME=value</c>, or <c>NAME</c> to take one out that the image sets.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    public IReadOnlyList<string>? Cmd { get; init; }

    public HealthConfig? Healthcheck { get; init; }

    /// <summary>The image's name as it was asked for.</summary>
    public string? Image { get; init; }

    /// <summary>Paths in the container that get a volume without a name.</summary>
    public IReadOnlyDictionary<string, EmptyObject>? Volumes { get; init; }

    public string? WorkingDir { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public bool? NetworkDisabled { get; init; }

    /// <summary>Until API 1.43; later engines take it per endpoint.</summary>
    public string? MacAddress { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Such as <c>SIGTERM</c> or a number.</summary>
    public string? StopSignal { get; init; }

    /// <summary>Seconds between the stop signal and SIGKILL.</summary>
    public int? StopTimeout { get; init; }
}

/// <summary>Docker's own health check. Times are nanoseconds; 0 means inherited from the image.</summary>
public sealed record HealthConfig
{
    /// <summary>Empty to inherit, <c>NONE</c> to switch off, or <c>CMD</c> / <c>CMD-SHELL</c> and what follows.</summary>
    public IReadOnlyList<string>? Test { get; init; }

    public long? Interval { get; init; }

    public long? Timeout { get; init; }

    public long? StartPeriod { get; init; }

    public int? Retries { get; init; }
}

/// <summary>The <c>{}</c> of the engine's sets, which are objects with keys alone.</summary>
public sealed record EmptyObject
{
    public static readonly EmptyObject Value = new();
}
