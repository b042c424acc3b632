using System.Text;

namespace Drover.Compose.Codecs;

/// <summary>Splits a command line into words by the quoting rules of the POSIX shell; nothing in it is expanded or run.</summary>
internal static class ShellWords
{
    /// <summary>The words, or null where a quote is not closed.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        for (var index = 0; index < line.Length; index++)
        {
            var letter = line[index];
            if (char.IsWhiteSpace(letter))
            {
                if (inWord)
                    words.Add(word.ToString());
                word.Clear();
                inWord = false;
                continue;
            }

            inWord = true;
            if (letter == '\\' && index + 1 < line.Length)
                word.Append(line[++index]);
            else if (letter is not ('\'' or '"'))
                word.Append(letter);
            else if ((index = Quoted(line, index, word)) < 0)
                return null;
        }

        if (inWord)
            words.Add(word.ToString());
        return words;
    }

    /// <summary>Appends what stands between the quote at <paramref name="start"/> and its partner; answers with the partner's index or -1.</summary>
    private static int Quoted(string line, int start, StringBuilder word)
    {
        var quote = line[start];
        for (var index = start + 1; index < line.Length; index++)
        {
            if (line[index] == quote)
                return index;
            if (quote == '"' && line[index] == '\\' && index + 1 < line.Length && line[index + 1] is '"' or '\\' or '$' or '`')
                index++;
            word.Append(line[index]);
        }

        return -1;
    }
}
