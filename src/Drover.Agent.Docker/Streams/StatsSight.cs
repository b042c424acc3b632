using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Agent.Docker.Streams;

/// <summary>The engine's figures of a container in the protocol's words.</summary>
internal static class StatsSight
{
    /// <summary>Null where the container does not run: the engine then gives no time.</summary>
    public static StatsSample? Sample(string container, ContainerStats stats)
    {
        if (stats.Read is not { } read) return null;
        var cpu = stats.Cpu?.Usage;
        return new StatsSample(
            container, read, (long)(stats.Memory?.Limit ?? 0), Memory(stats.Memory),
            new CpuUse((long)(cpu?.Total ?? 0), (long)(cpu?.User ?? 0), (long)(cpu?.Kernel ?? 0), (cpu?.PerCpu ?? []).Select(one => (long)one).ToEquatableArray()),
            Disks(stats.Disks),
            (stats.Networks ?? new Dictionary<string, ContainerNetworkStats>()).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => Interface(one.Key, one.Value)).ToEquatableArray());
    }

    /// <summary>Without the file cache that nobody used of late: "total_inactive_file" on cgroup v1, "inactive_file" on v2.</summary>
    private static long Memory(ContainerMemoryStats? memory)
    {
        var usage = memory?.Usage ?? 0;
        var idle = memory?.Details?.GetValueOrDefault("total_inactive_file") is > 0 and var v1 ? v1 : memory?.Details?.GetValueOrDefault("inactive_file") ?? 0;
        return (long)(idle < usage ? usage - idle : usage);
    }

    /// <summary>The engine has a line for each operation, and writes "Read" or "read".</summary>
    private static EquatableArray<DiskUse> Disks(ContainerDiskStats? stats)
        => (stats?.Bytes ?? [])
            .GroupBy(entry => (entry.Major, entry.Minor))
            .Select(disk => new DiskUse((long)disk.Key.Major, (long)disk.Key.Minor, Of(disk, "read"), Of(disk, "write")))
            .ToEquatableArray();

    private static long Of(IEnumerable<ContainerDiskEntry> entries, string op)
        => (long)entries.Where(entry => string.Equals(entry.Op, op, StringComparison.OrdinalIgnoreCase)).Aggregate(0ul, (sum, entry) => sum + entry.Value);

    private static NetworkUse Interface(string name, ContainerNetworkStats stats) => new(
        name, (long)stats.RxBytes, (long)stats.RxPackets, (long)stats.RxErrors, (long)stats.RxDropped,
        (long)stats.TxBytes, (long)stats.TxPackets, (long)stats.TxErrors, (long)stats.TxDropped);
}
