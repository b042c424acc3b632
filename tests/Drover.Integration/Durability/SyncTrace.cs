using System.Text.RegularExpressions;

namespace Drover.Integration.Durability;

/// <summary>The system calls of a server in the order in which they were made, as strace writes them.</summary>
internal sealed partial class SyncTrace(IReadOnlyList<string> lines)
{
    private const string Wal = "drover.db-wal>";

    /// <summary>True where bytes with this mark went into the journal and a sync of it, begun afterwards, succeeded before a reply with the mark was sent.</summary>
    public bool SyncedBeforeReply(string mark)
    {
        var reply = Find(0, line => Sends().IsMatch(line) && line.Contains(mark, StringComparison.Ordinal));
        var written = Find(0, line => line.Contains("pwrite64(", StringComparison.Ordinal) && line.Contains(Wal, StringComparison.Ordinal) && line.Contains(mark, StringComparison.Ordinal));
        if (reply < 0 || written < 0) return false;
        for (var at = Find(written + 1, IsSync); at >= 0 && at < reply; at = Find(at + 1, IsSync))
            if (EndOfSync(at) is { } end && end < reply)
                return true;
        return false;
    }

    /// <summary>True where a reply with this mark was sent at all.</summary>
    public bool Replied(string mark) => Find(0, line => Sends().IsMatch(line) && line.Contains(mark, StringComparison.Ordinal)) >= 0;

    private static bool IsSync(string line) => Syncs().IsMatch(line) && line.Contains(Wal, StringComparison.Ordinal);

    /// <summary>Where a sync succeeded: on its own line, or on the later one that ends it; null where it failed or never ended.</summary>
    private int? EndOfSync(int start)
    {
        if (!lines[start].Contains("<unfinished ...>", StringComparison.Ordinal)) return Succeeded(lines[start]) ? start : null;
        var thread = lines[start].Split(' ', 2)[0] + " ";
        var end = Find(start + 1, line => line.StartsWith(thread, StringComparison.Ordinal) && Resumed().IsMatch(line));
        return end >= 0 && Succeeded(lines[end]) ? end : null;
    }

    private static bool Succeeded(string line) => line.TrimEnd().EndsWith("= 0", StringComparison.Ordinal);

    private int Find(int from, Func<string, bool> wanted)
    {
        for (var at = from; at < lines.Count; at++)
            if (wanted(lines[at]))
                return at;
        return -1;
    }

    [GeneratedRegex(@"^\d+ +(sendto|sendmsg|write|writev)\(\d+<(socket|TCP)")]
    private static partial Regex Sends();

    [GeneratedRegex(@"^\d+ +(fdatasync|fsync)\(")]
    private static partial Regex Syncs();

    [GeneratedRegex(@"<\.\.\. (fdatasync|fsync) resumed>")]
    private static partial Regex Resumed();
}
