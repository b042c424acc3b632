namespace Drover.Compose.Codecs;

/// <summary>One mount of a service: <c>[source:]target[:mode]</c>, with POSIX or Windows paths.</summary>
/// <param name="Source">A path on the host, a volume's name, or null for an unnamed volume.</param>
/// <param name="Target">The absolute path in the container.</param>
/// <param name="Mode">Options such as <c>ro</c> or <c>shared</c>, or null.</param>
internal sealed record VolumeSpec(string? Source, string Target, string? Mode)
{
    /// <summary>Whether the source is a volume's name and not a path.</summary>
    public bool IsNamed => Source is not null && !IsAbsolute(Source);

    public override string ToString() => string.Join(':', new[] { Source, Target, Mode }.Where(part => part is not null));

    /// <summary>The mount that the text stands for, or else a sentence about what is wrong with it.</summary>
    public static (VolumeSpec? Volume, string? Error) Parse(string text)
    {
        var parts = Split(text);
        var volume = parts.Count switch
        {
            1 => new VolumeSpec(null, parts[0], null),
            2 when IsAbsolute(parts[1]) => new VolumeSpec(parts[0], parts[1], null),
            2 => new VolumeSpec(null, parts[0], parts[1]),
            3 => new VolumeSpec(parts[0], parts[1], parts[2]),
            _ => null,
        };
        if (volume is null || volume.Target.Length == 0 || volume.Source is "" || volume.Mode is "")
            return (null, $"'{text}' is not [source:]target[:mode]");
        if (!IsAbsolute(volume.Target))
            return (null, $"'{volume.Target}' is not an absolute path in the container");
        if (volume.Source is ['.' or '~', ..])
            return (null, $"'{volume.Source}' is relative to a folder of the caller, which the hosts do not have; give an absolute path or a volume's name");
        if (volume.IsNamed && !IsName(volume.Source!))
            return (null, $"'{volume.Source}' is neither an absolute path nor a volume's name (letters, digits, '_', '.', '-')");
        return (volume, null);
    }

    /// <summary>Whether the text can name a volume: it starts with a letter or digit, then also <c>_ . -</c>.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 255 && char.IsAsciiLetterOrDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-');

    private static bool IsAbsolute(string path) => path.StartsWith('/') || path.StartsWith('\\') || HasDrive(path);

    private static bool HasDrive(string path) => path.Length >= 3 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] == '\\';

    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var start = 0;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && text[index] != ':')
                continue;
            if (index == start + 1 && char.IsAsciiLetter(text[start]) && index + 1 < text.Length && text[index + 1] == '\\')
                continue;
            parts.Add(text[start..index]);
            start = index + 1;
        }

        return parts;
    }
}
