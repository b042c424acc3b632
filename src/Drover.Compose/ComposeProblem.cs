namespace Drover.Compose;

/// <summary>One thing wrong, or one thing to be told, about a compose file; <c>Line</c> counts from 1 and is 0 where no line is meant.</summary>
/// <param name="File">The name of the file as it was handed in.</param>
/// <param name="Line">The line in that file, from 1.</param>
/// <param name="Key">The path of keys, such as <c>services.web.ports[1]</c>; empty for the file as a whole.</param>
/// <param name="Code">One of <see cref="ComposeCodes"/>.</param>
/// <param name="Message">A sentence for the person who wrote the file.</param>
public sealed record ComposeProblem(string File, int Line, string Key, string Code, string Message)
{
    /// <summary>The problem as one line of text.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File} line {Line}" : File;
        return Key.Length > 0 ? $"{place}: {Key}: {Message}" : $"{place}: {Message}";
    }
}
