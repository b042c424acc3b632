namespace Drover.Compose.Yaml;

/// <summary>The characters that YAML text may hold.</summary>
internal static class YamlText
{
    /// <summary>A character that may not be there, with its line and column from 1.</summary>
    public readonly record struct Forbidden(int Code, int Line, int Column);

    /// <summary>The first character that YAML 1.1 forbids: control characters but tab and line ends, lone surrogates, U+FFFE and U+FFFF.</summary>
    public static Forbidden? FirstForbidden(string text)
    {
        var line = 1;
        var lineStart = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character == '\n')
            {
                line++;
                lineStart = index + 1;
            }
            else if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                index++;
            }
            else if (!Allowed(character))
            {
                return new Forbidden(character, line, index - lineStart + 1);
            }
        }

        return null;
    }

    private static bool Allowed(char character) => character switch
    {
        '\t' or '\n' or '\r' or '\u0085' => true,
        < ' ' or '\u007f' => false,
        >= '\u0080' and <= '\u009f' => false,
        '\ufffe' or '\uffff' => false,
        _ => !char.IsSurrogate(character),
    };
}
