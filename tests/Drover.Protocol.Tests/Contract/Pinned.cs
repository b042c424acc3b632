namespace Drover.Protocol.Tests.Contract;

/// <summary>Files below contracts/agent that tests compare with and, where DROVER_GOLDEN_WRITE is 1, write anew.</summary>
internal static class Pinned
{
    public const string Refresh = "DROVER_GOLDEN_WRITE=1 ./test.sh Protocol";

    public static string Folder { get; } = Path.Combine(Root(), "contracts", "agent");

    /// <summary>Compares a text with a file, or writes the file.</summary>
    public static void ShouldMatch(string actual, string file, string advice)
    {
        var path = Path.Combine(Folder, file);
        if (Environment.GetEnvironmentVariable("DROVER_GOLDEN_WRITE") == "1") File.WriteAllText(path, actual);
        var pinned = File.ReadAllText(path);
        if (pinned == actual) return;
        var (old, now) = (pinned.Split('\n'), actual.Split('\n'));
        throw new Xunit.Sdk.XunitException(string.Join('\n', [
            $"contracts/agent/{file} pins another content:",
            .. old.Except(now).Select(line => $"- {line}"),
            .. now.Except(old).Select(line => $"+ {line}"),
            advice]));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Drover.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException($"no Drover.slnx above {AppContext.BaseDirectory}");
    }
}
