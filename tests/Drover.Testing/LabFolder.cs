using System.Globalization;

namespace Drover.Testing;

/// <summary>Where labs keep their disks, and who owns which.</summary>
internal static class LabFolder
{
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static readonly string[] Usable = ["ext2", "ext3", "ext4", "xfs", "btrfs"];

    /// <summary>The folder of all labs, on a file system that overlay2 can work on; null when this machine has none.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>Makes the folder of a new lab; its last part is the lab's unique name.</summary>
    public static string Create()
    {
        while (true)
        {
            var name = "d" + new string(Random.Shared.GetItems<char>(Letters, 5));
            var prepared = Directory.CreateDirectory(Path.Combine(Root!, $".{name}")).FullName;
            File.WriteAllText(Path.Combine(prepared, "owner"), Owner());
            var folder = Path.Combine(Root!, name);
            if (Directory.Exists(folder)) continue;
            Directory.Move(prepared, folder); // the owner is named before anyone can see the folder, else a sweep could take it
            return folder;
        }
    }

    /// <summary>This process and when it began, in clock ticks since boot: a number alone may be given again.</summary>
    private static string Owner()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var began = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {began}\n");
    }

    private static string? FindRoot()
    {
        var chosen = Environment.GetEnvironmentVariable("DROVER_LABS");
        string[] candidates = string.IsNullOrEmpty(chosen) ? ["/tmp", "/var/tmp", "/mnt"] : [chosen];
        var parent = candidates.FirstOrDefault(folder => Directory.Exists(folder) && Usable.Contains(FileSystem(folder)));
        return parent is null ? null : Path.Combine(parent, "drover-labs");
    }

    private static string FileSystem(string folder) =>
        File.ReadLines("/proc/self/mounts").Select(line => line.Split(' '))
            .Where(mount => folder == mount[1] || folder.StartsWith(mount[1].TrimEnd('/') + "/", StringComparison.Ordinal))
            .MaxBy(mount => mount[1].Length)?[2] ?? "";
}
