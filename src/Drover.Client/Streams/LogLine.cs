namespace Drover.Client.Streams;

/// <summary>Where a container wrote a line.</summary>
public enum LogSource
{
    /// <summary>A terminal, which has one stream for both.</summary>
    Terminal,

    Output,
    Error,
}

/// <summary>A line that a container wrote.</summary>
/// <param name="Source">Where to.</param>
/// <param name="Text">Without line feed; begins with its time where that was asked for.</param>
public readonly record struct LogLine(LogSource Source, string Text)
{
    /// <summary>Reads a frame: "01 text" and a line feed.</summary>
    internal static LogLine Read(string frame) => frame is ['0', var source, ' ', ..]
        ? new LogLine(source switch { '1' => LogSource.Output, '2' => LogSource.Error, _ => LogSource.Terminal }, frame[3..].TrimEnd('\n'))
        : new LogLine(LogSource.Terminal, frame.TrimEnd('\n'));
}
