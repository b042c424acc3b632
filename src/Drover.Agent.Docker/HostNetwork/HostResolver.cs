namespace Drover.Agent.Docker.HostNetwork;

/// <summary>The host's own resolver settings.</summary>
internal static class HostResolver
{
    private const string Settings = "/etc/resolv.conf";

    /// <summary>The search domains of this host; the last line that names any counts.</summary>
    public static IReadOnlyList<string> SearchDomains() => File.Exists(Settings) ? SearchDomains(File.ReadLines(Settings)) : [];

    internal static IReadOnlyList<string> SearchDomains(IEnumerable<string> lines) =>
        lines.Select(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .LastOrDefault(words => words is ["search" or "domain", ..])?[1..] ?? [];
}
