using System.Text;

namespace Drover.Compose.Interpolation;

/// <summary>What became of one text: its value, the variables that had none, or what is wrong with it.</summary>
/// <param name="Text">The text with every variable replaced; the text as it was where <paramref name="Error"/> is set.</param>
/// <param name="Replaced">Whether anything was replaced, an escaped dollar included.</param>
/// <param name="Undefined">Variables without value or default, each once per use.</param>
/// <param name="Error">A sentence about the expression that cannot be read, or null.</param>
public sealed record Interpolated(string Text, bool Replaced, IReadOnlyList<string> Undefined, string? Error);

/// <summary>
/// Replaces <c>$VAR</c>, <c>${VAR}</c>, <c>${VAR:-default}</c> (default where unset or empty), <c>${VAR-default}</c> (where unset),
/// <c>${VAR:?message}</c>, <c>${VAR?message}</c> (a problem instead of a default) and <c>$$</c> (a dollar). A variable without value is empty.
/// </summary>
public static class Interpolator
{
    /// <summary>Replaces the variables of one text; a default is text and is not looked into again.</summary>
    public static Interpolated Apply(string text, IReadOnlyDictionary<string, string> variables)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
            return new Interpolated(text, false, [], null);

        var output = new StringBuilder(text.Length);
        var undefined = new List<string>();
        for (var index = 0; index < text.Length;)
        {
            var dollar = text.IndexOf('$', index);
            if (dollar < 0)
            {
                output.Append(text, index, text.Length - index);
                break;
            }

            output.Append(text, index, dollar - index);
            var (next, error) = Expression(text, dollar + 1, variables, output, undefined);
            if (error is not null)
                return new Interpolated(text, false, [], error);
            index = next;
        }

        return new Interpolated(output.ToString(), true, undefined, null);
    }

    /// <summary>The text that <see cref="Apply"/> turns back into <paramref name="text"/>, whatever the variables.</summary>
    public static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>Whether the text is a variable's name: a letter or underscore, then letters, digits and underscores.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => !text.IsEmpty && NameLength(text) == text.Length;

    private static (int Next, string? Error) Expression(
        string text, int start, IReadOnlyDictionary<string, string> variables, StringBuilder output, List<string> undefined)
    {
        if (start < text.Length && text[start] == '$')
        {
            output.Append('$');
            return (start + 1, null);
        }

        if (start < text.Length && text[start] == '{')
            return Braced(text, start + 1, variables, output, undefined);

        var length = NameLength(text.AsSpan(start));
        if (length == 0)
            return (start, "a '$' here begins no variable; write '$$' for a dollar");
        output.Append(Value(text.Substring(start, length), variables, undefined));
        return (start + length, null);
    }

    private static (int Next, string? Error) Braced(
        string text, int start, IReadOnlyDictionary<string, string> variables, StringBuilder output, List<string> undefined)
    {
        var end = text.IndexOf('}', start);
        if (end < 0)
            return (start, "a '${' here is not closed by '}'");
        var inside = text.AsSpan(start, end - start);
        var length = NameLength(inside);
        var name = inside[..length].ToString();
        var rest = inside[length..].ToString();
        if (length == 0)
            return (end, $"'${{{inside}}}' names no variable; write '$$' for a dollar");
        if (rest.Length == 0)
        {
            output.Append(Value(name, variables, undefined));
            return (end + 1, null);
        }

        var emptyCounts = rest[0] == ':';
        var operation = rest.AsSpan(emptyCounts ? 1 : 0);
        if (operation.IsEmpty || operation[0] is not ('-' or '?'))
            return (end, $"'${{{inside}}}' is none of ${{VAR}}, ${{VAR:-default}}, ${{VAR-default}}, ${{VAR:?message}} and ${{VAR?message}}");
        var found = variables.TryGetValue(name, out var value) && (value.Length > 0 || !emptyCounts);
        if (!found && operation[0] == '?')
            return (end, operation.Length > 1 ? $"{name} is not set: {operation[1..]}" : $"{name} is not set");
        output.Append(found ? value : operation[1..]);
        return (end + 1, null);
    }

    private static string Value(string name, IReadOnlyDictionary<string, string> variables, List<string> undefined)
    {
        if (variables.TryGetValue(name, out var value))
            return value;
        undefined.Add(name);
        return "";
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (text[length] == '_' || char.IsAsciiLetter(text[length]) || (length > 0 && char.IsAsciiDigit(text[length]))))
            length++;
        return length;
    }
}
