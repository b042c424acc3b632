using System.Text.Json.Serialization;

namespace Drover.Agent.Docker.Engine.Containers;

/// <summary>What a container has used, as far as Drover reads it (cgroup v1 and v2 alike).</summary>
public sealed record ContainerStats
{
    [JsonPropertyName("read")] public DateTimeOffset? Read { get; init; }

    [JsonPropertyName("cpu_stats")] public ContainerCpuStats? Cpu { get; init; }

    [JsonPropertyName("memory_stats")] public ContainerMemoryStats? Memory { get; init; }

    [JsonPropertyName("blkio_stats")] public ContainerDiskStats? Disks { get; init; }

    [JsonPropertyName("networks")] public IReadOnlyDictionary<string, ContainerNetworkStats>? Networks { get; init; }
}

/// <summary>Processor time.</summary>
public sealed record ContainerCpuStats([property: JsonPropertyName("cpu_usage")] ContainerCpuUsage? Usage);

/// <summary>Nanoseconds; per processor on cgroup v1 alone.</summary>
public sealed record ContainerCpuUsage(
    [property: JsonPropertyName("total_usage")] ulong Total,
    [property: JsonPropertyName("usage_in_kernelmode")] ulong Kernel,
    [property: JsonPropertyName("usage_in_usermode")] ulong User,
    [property: JsonPropertyName("percpu_usage")] IReadOnlyList<ulong>? PerCpu);

/// <summary>Bytes; the limit is the machine's memory where the container has none.</summary>
public sealed record ContainerMemoryStats(
    [property: JsonPropertyName("usage")] ulong? Usage,
    [property: JsonPropertyName("limit")] ulong? Limit,
    [property: JsonPropertyName("stats")] IReadOnlyDictionary<string, ulong>? Details);

/// <summary>Bytes by device and operation.</summary>
public sealed record ContainerDiskStats([property: JsonPropertyName("io_service_bytes_recursive")] IReadOnlyList<ContainerDiskEntry>? Bytes);

/// <summary>One operation on one device.</summary>
public sealed record ContainerDiskEntry(
    [property: JsonPropertyName("major")] ulong Major,
    [property: JsonPropertyName("minor")] ulong Minor,
    [property: JsonPropertyName("op")] string? Op,
    [property: JsonPropertyName("value")] ulong Value);

/// <summary>One interface.</summary>
public sealed record ContainerNetworkStats(
    [property: JsonPropertyName("rx_bytes")] ulong RxBytes,
    [property: JsonPropertyName("rx_packets")] ulong RxPackets,
    [property: JsonPropertyName("rx_errors")] ulong RxErrors,
    [property: JsonPropertyName("rx_dropped")] ulong RxDropped,
    [property: JsonPropertyName("tx_bytes")] ulong TxBytes,
    [property: JsonPropertyName("tx_packets")] ulong TxPackets,
    [property: JsonPropertyName("tx_errors")] ulong TxErrors,
    [property: JsonPropertyName("tx_dropped")] ulong TxDropped);
