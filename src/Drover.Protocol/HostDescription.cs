using System.Text.Json.Serialization;
using Drover.Model.Kernel;

namespace Drover.Protocol;

/// <summary>What a host says of itself.</summary>
public sealed record HostDescription
{
    /// <summary>Made once and kept on the host's disk.</summary>
    public required string Uuid { get; init; }
    public required string Hostname { get; init; }

    /// <summary>The address other machines reach it by.</summary>
    public string? AgentIp { get; init; }
    public string? EngineVersion { get; init; }
    public string? EngineApiVersion { get; init; }
    public string? OperatingSystem { get; init; }
    public string? KernelVersion { get; init; }
    public string? StorageDriver { get; init; }
    public int CpuCount { get; init; }

    /// <summary>Bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>True while the engine answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool EngineUp { get; init; } = true;
    public EquatableMap<string> Labels { get; init; }
}
