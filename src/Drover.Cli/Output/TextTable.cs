namespace Drover.Cli.Output;

/// <summary>Columns that line up, however wide the terminal is, so that other programs can read them.</summary>
internal static class TextTable
{
    private const int Gap = 3;

    public static void Write(TextWriter output, IReadOnlyList<string> headers, IReadOnlyCollection<IReadOnlyList<string?>> rows)
    {
        var lines = rows.Select(row => row.Select(Printable.Of).ToArray()).Prepend([.. headers]).ToArray();
        var widths = headers.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
            output.WriteLine(string.Concat(line.Select((cell, column) => cell.PadRight(widths[column] + Gap))).TrimEnd());
    }
}
