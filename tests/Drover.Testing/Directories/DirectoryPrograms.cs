namespace Drover.Testing.Directories;

/// <summary>Whether this machine has the programs of a directory.</summary>
public static class DirectoryPrograms
{
    /// <summary>What is missing for a real slapd; null when nothing is.</summary>
    public static string? MissingForSlapd { get; } = Missing("a real OpenLDAP", ["bash", "slapd", "ldapadd"]);

    /// <summary>What is missing for a real domain controller; null when nothing is.</summary>
    public static string? MissingForSamba { get; } = !Environment.IsPrivilegedProcess
        ? "a real domain controller needs root: it has ports of its own and runs in a network namespace"
        : !File.Exists("/usr/share/samba/setup/provision.ldif") ? "a real domain controller needs samba-ad-provision (tests/Drover.Testing/install.sh installs it)"
        : Missing("a real domain controller", ["bash", "samba", "samba-tool", "unshare", "ip", "python3"]);

    private static string? Missing(string what, string[] programs)
    {
        if (!OperatingSystem.IsLinux()) return $"{what} needs Linux";
        var folders = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries);
        var lacking = programs.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))).ToList();
        return lacking.Count == 0 ? null : $"{what} needs {string.Join(", ", lacking)} (tests/Drover.Testing/install.sh installs them)";
    }

    internal static string TemporaryFolder() => Directory.CreateTempSubdirectory("drover-directory-").FullName;

    internal static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
