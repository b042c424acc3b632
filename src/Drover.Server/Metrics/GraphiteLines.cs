using System.Globalization;
using System.Text;

namespace Drover.Server.Metrics;

/// <summary>Figures in Graphite's plain text: path, value and seconds since 1970, one a line (OPS-13).</summary>
public static class GraphiteLines
{
    /// <param name="server">Name of the machine; what is no letter, digit, "-" or "_" becomes "_".</param>
    /// <param name="figures">Paths below the server's own, with values.</param>
    /// <param name="at">The time of the figures.</param>
    public static string Of(string server, IEnumerable<(string Path, double Value)> figures, DateTimeOffset at)
    {
        var text = new StringBuilder();
        var node = string.Concat(server.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        foreach (var (path, value) in figures)
            text.Append(CultureInfo.InvariantCulture, $"drover.{node}.{path} {value} {at.ToUnixTimeSeconds()}\n");
        return text.ToString();
    }
}
