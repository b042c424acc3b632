namespace Drover.Testing;

/// <summary>What a machine must have before it can run Docker hosts in namespaces.</summary>
internal static class LabRequirements
{
    private const int SysAdmin = 21, NetAdmin = 12;

    private static readonly string[] Programs =
        ["bash", "curl", "dockerd", "ip", "iptables", "nsenter", "setsid", "sysctl", "tini", "unshare"];

    /// <summary>What is missing, as one line for the person who runs the tests; null when nothing is.</summary>
    public static string? Missing { get; } = Find();

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux()) return "real Docker hosts need Linux";
        if (!Environment.IsPrivilegedProcess) return "real Docker hosts need root";
        var lacking = Programs.Where(program => !IsInstalled(program)).ToList();
        if (lacking.Count > 0)
            return $"real Docker hosts need {string.Join(", ", lacking)} (tests/Drover.Testing/install.sh installs them)";
        var bound = Convert.ToUInt64(StatusField("CapEff:"), 16);
        if ((bound >> SysAdmin & bound >> NetAdmin & 1) == 0) return "real Docker hosts need CAP_SYS_ADMIN and CAP_NET_ADMIN";
        if (!File.Exists("/proc/self/ns/pid") || !File.Exists("/proc/self/ns/net")) return "this kernel has no namespaces";
        return LabFolder.Root is null ? "no folder on ext4, xfs or btrfs for the hosts' disks (set DROVER_LABS)" : null;
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    private static string StatusField(string name) =>
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
}
