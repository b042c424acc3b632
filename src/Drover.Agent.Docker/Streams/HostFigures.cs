using System.Globalization;
using System.Text.RegularExpressions;
using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Agent.Docker.Streams;

/// <summary>The machine's figures out of the kernel's files (proc(5)).</summary>
internal static partial class HostFigures
{
    /// <summary>The kernel counts processor time in hundredths of a second.</summary>
    private const long NanosecondsPerTick = 10_000_000;

    /// <summary>The kernel counts in sectors of this size, whatever the disk's own is.</summary>
    private const long BytesPerSector = 512;

    /// <param name="now">When they were read.</param>
    /// <param name="stat">Lines of /proc/stat.</param>
    /// <param name="meminfo">Lines of /proc/meminfo.</param>
    /// <param name="diskstats">Lines of /proc/diskstats.</param>
    /// <param name="netdev">Lines of /proc/net/dev.</param>
    public static StatsSample Sample(DateTimeOffset now, string[] stat, string[] meminfo, string[] diskstats, string[] netdev)
    {
        var total = Kilobytes(meminfo, "MemTotal:");
        return new StatsSample(null, now, total, total - Kilobytes(meminfo, "MemAvailable:"), Cpu(stat), Disks(diskstats), Interfaces(netdev));
    }

    /// <summary>Columns: user, nice, system, idle, iowait, irq, softirq, steal. Guests are counted in user already; waiting is no use.</summary>
    private static CpuUse Cpu(string[] stat)
    {
        var all = Numbers(stat.First(line => line.StartsWith("cpu ", StringComparison.Ordinal)));
        var each = stat.Where(line => line.StartsWith("cpu", StringComparison.Ordinal) && line.Length > 3 && char.IsAsciiDigit(line[3])).Select(line => Busy(Numbers(line)));
        return new CpuUse(Busy(all), (all[0] + all[1]) * NanosecondsPerTick, (all[2] + all[5] + all[6]) * NanosecondsPerTick, each.ToEquatableArray());
    }

    private static long Busy(long[] ticks) => (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) * NanosecondsPerTick;

    private static EquatableArray<DiskUse> Disks(string[] diskstats)
        => diskstats.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length > 9 && WholeDisk().IsMatch(columns[2]))
            .Select(columns => new DiskUse(Number(columns[0]), Number(columns[1]), Number(columns[5]) * BytesPerSector, Number(columns[9]) * BytesPerSector))
            .ToEquatableArray();

    /// <summary>The host's own ends of its containers' interfaces are left out, as the containers tell of them.</summary>
    private static EquatableArray<NetworkUse> Interfaces(string[] netdev)
        => netdev.Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2 && parts[0].Trim() is var name && name != "lo" && !name.StartsWith("veth", StringComparison.Ordinal))
            .Select(parts => (Name: parts[0].Trim(), Columns: parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray()))
            .Where(one => one.Columns.Length >= 12)
            .Select(one => new NetworkUse(one.Name, one.Columns[0], one.Columns[1], one.Columns[2], one.Columns[3], one.Columns[8], one.Columns[9], one.Columns[10], one.Columns[11]))
            .ToEquatableArray();

    private static long Kilobytes(string[] meminfo, string name)
        => meminfo.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line ? Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024 : 0;

    private static long[] Numbers(string line) => [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Number)];

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("^([shv]d[a-z]+|xvd[a-z]+|nvme[0-9]+n[0-9]+|mmcblk[0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeDisk();
}
