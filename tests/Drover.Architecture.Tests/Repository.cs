using System.Diagnostics;

namespace Drover.Architecture.Tests;

/// <summary>The files of this checkout, as paths from its root with forward slashes.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Drover.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>What git tracks or would track; what is ignored is left out.</summary>
    public static IReadOnlyList<string> Files { get; } = List();

    /// <summary>C# sources written by hand, below one of these folders.</summary>
    public static IEnumerable<string> Sources(params string[] folders) =>
        Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)
            && folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)));

    /// <summary>The project files below a folder.</summary>
    public static IEnumerable<string> Projects(string folder) =>
        Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] ReadLines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    public static bool Exists(string path) => File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Drover.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"no Drover.slnx above {AppContext.BaseDirectory}");
    }

    private static List<string> List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var names = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        if (git.ExitCode != 0) throw new InvalidOperationException($"git ls-files ended with {git.ExitCode}");
        return [.. names.Where(name => File.Exists(Path.Combine(Root, name))).Distinct().Order(StringComparer.Ordinal)];
    }
}
