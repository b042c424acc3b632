namespace Drover.Agent.Docker.Engine.Containers;

public sealed partial record HostConfig
{
    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Bytes.</summary>
    public long? MemoryReservation { get; init; }

    /// <summary>Bytes of memory and swap together; -1 without limit.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>0 to 100.</summary>
    public long? MemorySwappiness { get; init; }

    /// <summary>Bytes; until API 1.41, later engines refuse or ignore it.</summary>
    public long? KernelMemory { get; init; }

    /// <summary>Bytes of /dev/shm.</summary>
    public long? ShmSize { get; init; }

    public bool? OomKillDisable { get; init; }

    /// <summary>-1000 to 1000.</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>0 or -1 without limit.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>Relative weight; 1024 is usual.</summary>
    public long? CpuShares { get; init; }

    /// <summary>Billionths of a CPU.</summary>
    public long? NanoCpus { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuPeriod { get; init; }

    /// <summary>Microseconds of CPU in each period.</summary>
    public long? CpuQuota { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuRealtimePeriod { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuRealtimeRuntime { get; init; }

    /// <summary>Such as <c>0-2,5</c>.</summary>
    public string? CpusetCpus { get; init; }

    /// <summary>Such as <c>0-1</c>.</summary>
    public string? CpusetMems { get; init; }

    /// <summary>Windows only.</summary>
    public long? CpuCount { get; init; }

    /// <summary>Windows only, percent.</summary>
    public long? CpuPercent { get; init; }

    /// <summary>10 to 1000.</summary>
    public int? BlkioWeight { get; init; }

    public IReadOnlyList<WeightDevice>? BlkioWeightDevice { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadBps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteBps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadIOps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteIOps { get; init; }

    /// <summary>Windows only.</summary>
    public long? IOMaximumIOps { get; init; }

    /// <summary>Windows only, bytes per second.</summary>
    public long? IOMaximumBandwidth { get; init; }

    public IReadOnlyList<Ulimit>? Ulimits { get; init; }
}
