namespace Drover.Store.Tests.Contract;

/// <summary>Files of the repository that tests compare with and, where DROVER_GOLDEN_WRITE is 1, write anew.</summary>
internal static class Repository
{
    public const string Refresh = "DROVER_GOLDEN_WRITE=1 ./test.sh Store";

    public static bool Writes => Environment.GetEnvironmentVariable("DROVER_GOLDEN_WRITE") == "1";

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root(), .. parts]);

    /// <summary>Compares a text with a file, or writes the file.</summary>
    public static void ShouldMatch(string actual, string advice, params string[] parts)
    {
        var path = Path(parts);
        if (Writes) File.WriteAllText(path, actual);
        var pinned = File.ReadAllText(path);
        if (pinned == actual) return;
        var (old, now) = (pinned.Split('\n'), actual.Split('\n'));
        throw new Xunit.Sdk.XunitException(string.Join('\n', [
            $"{string.Join('/', parts)} pins another content:",
            .. old.Except(now).Select(line => $"- {line}"),
            .. now.Except(old).Select(line => $"+ {line}"),
            advice]));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Drover.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"no Drover.slnx above {AppContext.BaseDirectory}");
    }
}
