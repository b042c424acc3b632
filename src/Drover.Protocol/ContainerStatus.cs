using Drover.Model.Kernel;

namespace Drover.Protocol;

/// <summary>Where a container stands on its host.</summary>
public enum SeenState
{
    /// <summary>Nothing of it is there yet.</summary>
    Nothing,
    Pulling,

    /// <summary>Created, never started.</summary>
    Created,
    Running,

    /// <summary>It ran and ended or was stopped.</summary>
    Exited,
    Removed,
}

/// <summary>What a host saw of one container.</summary>
public sealed record ContainerStatus
{
    /// <summary>The platform's uuid; for a container started by hand one that follows from the engine's id.</summary>
    public required string Uuid { get; init; }

    public SeenState State { get; init; }

    /// <summary>The newest generation of the assignment that was reached, or failed.</summary>
    public long Generation { get; init; }

    /// <summary>The restart count that was reached.</summary>
    public long RestartCount { get; init; }

    /// <summary>The engine's id, 64 hex digits.</summary>
    public string? EngineId { get; init; }
    public long? ExitCode { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public long StartCount { get; init; }

    /// <summary>The engine's address of it on the managed or the default network.</summary>
    public string? Address { get; init; }

    /// <summary>What it does now, such as "Pulling nginx:1"; null when at rest.</summary>
    public string? Progress { get; init; }

    /// <summary>The last error; null when the last try went well.</summary>
    public string? Error { get; init; }

    /// <summary>True where the host cannot run it at all and it may be placed elsewhere; false where it failed after its start.</summary>
    public bool Rejected { get; init; }

    /// <summary>When the host tries again; null where it does not.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>What an import needs to know; only for containers that nobody assigned.</summary>
    public ImportedContainer? Imported { get; init; }
}

/// <summary>A container that was started by hand.</summary>
public sealed record ImportedContainer(
    string Name,
    string Image,
    EquatableArray<string> Command,
    EquatableMap<string> Labels,
    EquatableArray<string> Ports,
    EquatableArray<string> Environment,
    string? Hostname,
    string? NetworkMode,
    DateTimeOffset? Created);

/// <summary>What a host saw of one named volume.</summary>
public sealed record VolumeStatus(string Name, string Driver, string? Mountpoint, string? Error = null);
