using System.Reflection;

namespace Drover.Server.Tests.Api.Contract;

/// <summary>The list of known differences: lines under a "# reason" line each.</summary>
internal static class KnownDifferences
{
    public static HashSet<string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("known-differences.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('#'))];
    }
}
