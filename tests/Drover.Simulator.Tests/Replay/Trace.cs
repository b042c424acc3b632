using System.Globalization;
using System.Text.RegularExpressions;

namespace Drover.Simulator.Tests.Replay;

/// <summary>One request that a recorded client made.</summary>
/// <param name="Command">The command line that made it.</param>
/// <param name="Method">An HTTP method, or WS for a WebSocket.</param>
/// <param name="Path">Path and query, with the recorder's ids.</param>
/// <param name="Status">The recorder's answer.</param>
/// <param name="Body">JSON that was sent; null for none.</param>
internal sealed record Step(string Command, string Method, string Path, int Status, string? Body)
{
    /// <summary>The action asked for; null for other requests.</summary>
    public string? Action => Regex.Match(Path, @"\?action=(\w+)") is { Success: true } match ? match.Groups[1].Value : null;

    public override string ToString() => $"{Command}: {Method} {Path}";
}

/// <summary>Reads the recordings of real clients.</summary>
internal static partial class Trace
{
    /// <summary>The requests of one recording in their order.</summary>
    public static List<Step> Read(string file)
    {
        var steps = new List<Step>();
        var command = "";
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith("#### ", StringComparison.Ordinal)) command = line[5..line.LastIndexOf(" -> ", StringComparison.Ordinal)];
            else if (Request().Match(line) is { Success: true } match)
                steps.Add(new Step(command, match.Groups[1].Value, match.Groups[2].Value, int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture), match.Groups[4].Value is ['{', ..] body ? Whole(body) : null));
        }

        return steps;
    }

    /// <summary>The recorder cut long bodies; all that was lost is the stack of a new service.</summary>
    private static string Whole(string body)
        => body.EndsWith('}') ? body : body[..body.LastIndexOf(",\"", StringComparison.Ordinal)] + """,  "stackId":"LAST"}""";

    [GeneratedRegex(@"^ *(?:\d+ )?([A-Z]+) (\S+) -> (\d+)(?:  (.*))?$")]
    private static partial Regex Request();
}
