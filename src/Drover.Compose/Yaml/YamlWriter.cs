using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Drover.Compose.Yaml;

/// <summary>Writes nodes as YAML text that <see cref="YamlReader"/>, and any reader of YAML 1.1, reads back as the same nodes.</summary>
internal static class YamlWriter
{
    /// <summary>The text of a document, with two spaces per level and no line folded.</summary>
    public static string Write(YamlNode root)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(writer, new EmitterSettings(2, int.MaxValue, false, 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, true));
        Emit(emitter, root);
        emitter.Emit(new DocumentEnd(true));
        emitter.Emit(new StreamEnd());
        return writer.ToString();
    }

    private static void Emit(Emitter emitter, YamlNode node)
    {
        switch (node)
        {
            case YamlMap map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, true, map.Entries.Count > 0 ? MappingStyle.Block : MappingStyle.Flow));
                foreach (var entry in map.Entries)
                {
                    Scalar(emitter, entry.Key, TextStyle(entry.Key, isKey: true));
                    Emit(emitter, entry.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case YamlList list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, true, list.Items.Count > 0 ? SequenceStyle.Block : SequenceStyle.Flow));
                foreach (var item in list.Items)
                    Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case YamlScalar scalar:
                Scalar(emitter, scalar.Text, scalar.Plain ? ScalarStyle.Plain : TextStyle(scalar.Text, isKey: false));
                break;
        }
    }

    private static void Scalar(Emitter emitter, string text, ScalarStyle style) =>
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, true, true));

    /// <summary>The plainest style in which the text stays this text.</summary>
    private static ScalarStyle TextStyle(string text, bool isKey)
    {
        if (text.Contains('\n', StringComparison.Ordinal) && !isKey && IsBlock(text))
            return ScalarStyle.Literal;
        if (text.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029' or '\ufeff'))
            return ScalarStyle.DoubleQuoted;
        return IsPlain(text) ? ScalarStyle.Plain : ScalarStyle.SingleQuoted;
    }

    /// <summary>Lines of printable ASCII that neither begin the text with a space nor end in one, with at most one line end behind the last.</summary>
    private static bool IsBlock(string text) =>
        text[0] is not (' ' or '\n')
        && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && text.All(letter => letter is '\n' or (>= ' ' and <= '~'))
        && text.Split('\n').All(line => line.Length == 0 || line[^1] != ' ');

    /// <summary>Text that no reader of YAML 1.1 takes for anything else: it has letters, and is no word or number of the language.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0
        && (char.IsAsciiLetterOrDigit(text[0]) || text[0] is '/' or '_' or '.' or '$')
        && text[^1] is not (':' or ' ')
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '/' or '_' or '.' or '-' or ':' or '@' or '+' or '=' or ',' or '$')
        && !text.Contains(": ", StringComparison.Ordinal)
        && text.Any(char.IsAsciiLetter)
        && YamlScalar.KindOf(text) == ScalarKind.Text
        && !IsWordOrNumber(text);

    private static bool IsWordOrNumber(string text) =>
        text is "y" or "Y" or "n" or "N"
        || (text.Length > 1 && (char.IsAsciiDigit(text[0]) || text[0] == '.') && text.All(letter => char.IsAsciiHexDigit(letter) || letter is 'x' or 'o' or '_' or '.' or ':' or '+' or '-' or 'T' or 'Z' or ' '))
        || text is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN";
}
