using Drover.Model.Kernel;

namespace Drover.Protocol;

/// <summary>The figures of one second. A container that is gone or rests has none.</summary>
public sealed record StatsTaken(EquatableArray<StatsSample> Samples) : StreamNote;

/// <summary>What one container, or the host, has used since it started.</summary>
/// <param name="Container">The engine's id; null for the host.</param>
/// <param name="Time">When it was read.</param>
/// <param name="MemoryLimit">Bytes: the container's own limit, else the machine's memory.</param>
/// <param name="MemoryUsage">Bytes, without what the kernel would give back at once.</param>
public sealed record StatsSample(
    string? Container,
    DateTimeOffset Time,
    long MemoryLimit,
    long MemoryUsage,
    CpuUse Cpu,
    EquatableArray<DiskUse> Disks = default,
    EquatableArray<NetworkUse> Interfaces = default);

/// <summary>Time on processors, in nanoseconds; idle time does not count.</summary>
public sealed record CpuUse(long Total, long User, long System, EquatableArray<long> PerCpu = default);

/// <summary>Bytes moved to and from one block device.</summary>
public sealed record DiskUse(long Major, long Minor, long Read, long Write);

/// <summary>What went through one interface.</summary>
public sealed record NetworkUse(string Name, long RxBytes, long RxPackets, long RxErrors, long RxDropped, long TxBytes, long TxPackets, long TxErrors, long TxDropped);
