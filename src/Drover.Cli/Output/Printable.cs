namespace Drover.Cli.Output;

/// <summary>Text from elsewhere, made safe for a terminal: what would move its cursor or change its colours is shown as a dot.</summary>
internal static class Printable
{
    /// <summary>On one line.</summary>
    public static string Of(string? text) => text is null ? "" : string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) ? '·' : source[i];
    });

    /// <summary>Line breaks stay.</summary>
    public static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Of));
}
