using System.Text;

namespace Drover.Compose.Interpolation;

/// <summary>
/// Reads and writes answers: lines <c>KEY=VALUE</c>, <c>#</c> comments and empty lines. A value in quotes (single or double) may span lines and
/// ends with that quote at the end of a line; everything between is taken as it is, only <c>'\''</c> in single quotes is an apostrophe.
/// </summary>
public static class AnswersFile
{
    private const string QuotedApostrophe = "'\\''";

    /// <summary>The answers in the text, the last of a doubled key winning; lines that cannot be read go to <paramref name="problems"/>.</summary>
    public static IReadOnlyDictionary<string, string> Read(string file, string text, ICollection<ComposeProblem> problems)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = text.TrimStart('\uFEFF').Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            lines[index] = lines[index].TrimEnd('\r');
            var number = index + 1;
            var line = lines[index].TrimStart();
            if (line.Length == 0 || line[0] == '#')
                continue;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var key = (equals < 0 ? line : line[..equals]).TrimEnd();
            if (!IsKey(key))
            {
                problems.Add(new ComposeProblem(file, number, "", ComposeCodes.InvalidFormat, "is neither KEY=VALUE nor a comment"));
                continue;
            }

            var value = equals < 0 ? "" : line[(equals + 1)..];
            if (value.StartsWith('\'') || value.StartsWith('"'))
            {
                (value, index) = Quoted(lines, index, value);
                if (index == lines.Length)
                    problems.Add(new ComposeProblem(file, number, key, ComposeCodes.InvalidFormat, "begins with a quote that no line after it ends with"));
            }

            if (value.Contains('\0', StringComparison.Ordinal))
                problems.Add(new ComposeProblem(file, number, key, ComposeCodes.InvalidCharacters, "holds a NUL character"));
            answers[key] = value;
        }

        return answers;
    }

    /// <summary>Text that <see cref="Read"/> turns back into the same answers, keys in ordinal order.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> answers)
    {
        var output = new StringBuilder();
        foreach (var (key, value) in answers.OrderBy(answer => answer.Key, StringComparer.Ordinal))
        {
            var bare = value.AsSpan().IndexOfAny('\n', '\r') < 0 && (value.Length == 0 || value[0] is not ('\'' or '"'));
            output.Append(key).Append('=');
            output.Append(bare ? value : $"'{value.Replace("'", QuotedApostrophe, StringComparison.Ordinal)}'").Append('\n');
        }

        return output.ToString();
    }

    /// <summary>Joins lines until one ends with the quote that the value begins with; answers with the index of that line, or the number of lines if none does.</summary>
    private static (string Value, int Last) Quoted(string[] lines, int first, string start)
    {
        var quote = start[0];
        var output = new StringBuilder();
        var part = start[1..];
        for (var index = first; ; part = lines[index].TrimEnd('\r'))
        {
            var end = part.TrimEnd();
            var bare = quote == '\'' ? end.Replace(QuotedApostrophe, "", StringComparison.Ordinal) : end;
            var closed = bare.EndsWith(quote);
            output.Append(closed ? end.AsSpan(0, end.Length - 1) : part);
            if (closed || ++index == lines.Length)
                return (quote == '\'' ? output.Replace(QuotedApostrophe, "'").ToString() : output.ToString(), index);
            output.Append('\n');
        }
    }

    private static bool IsKey(string key) =>
        key.Length > 0 && (char.IsAsciiLetter(key[0]) || key[0] == '_') && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-');
}
