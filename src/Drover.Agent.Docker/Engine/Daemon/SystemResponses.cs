namespace Drover.Agent.Docker.Engine.Daemon;

/// <summary>What an engine says without being asked for more.</summary>
/// <param name="Offered">The newest version of the API it speaks.</param>
/// <param name="Agreed">The version that is spoken with it.</param>
/// <param name="OSType"><c>linux</c> or <c>windows</c>.</param>
public sealed record PingResponse(EngineVersion Offered, EngineVersion Agreed, string OSType);

/// <summary>Versions of an engine and its host.</summary>
public sealed record VersionResponse
{
    public required string Version { get; init; }

    public string? ApiVersion { get; init; }

    public string? MinAPIVersion { get; init; }

    public string? Os { get; init; }

    public string? Arch { get; init; }

    public string? KernelVersion { get; init; }

    public string? GitCommit { get; init; }

    public string? GoVersion { get; init; }
}

/// <summary>An engine and its host at large.</summary>
public sealed record InfoResponse
{
    /// <summary>The engine's own identity, kept over restarts.</summary>
    public string? ID { get; init; }

    /// <summary>The host's name.</summary>
    public string? Name { get; init; }

    public int Containers { get; init; }

    public int ContainersRunning { get; init; }

    public int ContainersPaused { get; init; }

    public int ContainersStopped { get; init; }

    public int Images { get; init; }

    /// <summary>The storage driver, such as <c>overlay2</c>.</summary>
    public string? Driver { get; init; }

    public string? DockerRootDir { get; init; }

    public string? ServerVersion { get; init; }

    /// <summary>For people, such as "Debian GNU/Linux 12 (bookworm)".</summary>
    public string? OperatingSystem { get; init; }

    public string? OSType { get; init; }

    public string? Architecture { get; init; }

    public string? KernelVersion { get; init; }

    public int NCPU { get; init; }

    /// <summary>Bytes.</summary>
    public long MemTotal { get; init; }

    public string? LoggingDriver { get; init; }

    /// <summary><c>cgroupfs</c> or <c>systemd</c>.</summary>
    public string? CgroupDriver { get; init; }

    /// <summary>1 or 2.</summary>
    public string? CgroupVersion { get; init; }

    public bool LiveRestoreEnabled { get; init; }

    /// <summary>The daemon's labels, <c>key=value</c>.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    public IReadOnlyList<string>? SecurityOptions { get; init; }

    public EnginePlugins? Plugins { get; init; }

    /// <summary>What the kernel lacks, in words.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}

/// <summary>The drivers an engine has.</summary>
public sealed record EnginePlugins
{
    public IReadOnlyList<string>? Volume { get; init; }

    public IReadOnlyList<string>? Network { get; init; }

    public IReadOnlyList<string>? Log { get; init; }
}
