using YamlDotNet.Core;

namespace Drover.Compose.Yaml;

/// <summary>Reads one YAML document into nodes that know their place, within limits that no alias gets around.</summary>
public static class YamlReader
{
    /// <summary>The document's root, or null where the text is empty or something was added to <paramref name="problems"/>.</summary>
    public static YamlNode? Read(string file, string text, ICollection<ComposeProblem> problems, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        if (text.Length > limits.Characters)
        {
            problems.Add(new ComposeProblem(file, 0, "", ComposeCodes.MaxLimitExceeded, $"is larger than the {limits.Characters} characters that are read"));
            return null;
        }

        if (YamlText.FirstForbidden(text) is { } found)
        {
            problems.Add(new ComposeProblem(file, found.Line, "", ComposeCodes.InvalidCharacters, $"holds the character U+{found.Code:X4} at column {found.Column}, which no YAML text may hold"));
            return null;
        }

        var findings = new List<ComposeProblem>();
        var root = Compose(file, text, limits, findings);
        foreach (var finding in findings)
            problems.Add(finding);
        return findings.Count > 0 ? null : root;
    }

    private static YamlNode? Compose(string file, string text, YamlLimits limits, List<ComposeProblem> findings)
    {
        using var reader = new StringReader(text.StartsWith('\uFEFF') ? text[1..] : text);
        var composer = new YamlComposer(file, new Parser(reader), limits, findings);
        try
        {
            return composer.Document();
        }
        catch (YamlRefused refused)
        {
            findings.Add(new ComposeProblem(file, refused.Place.Line, "", refused.Code, refused.Message));
        }
        catch (YamlException broken)
        {
            findings.Add(new ComposeProblem(file, broken.Start.Line > 0 ? (int)broken.Start.Line : composer.Line, "", ComposeCodes.InvalidYaml, $"is not YAML: {broken.Message}"));
        }
        catch (Exception lost) when (lost is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser lost its way; its own words are about its state.
            findings.Add(new ComposeProblem(file, composer.Line, "", ComposeCodes.InvalidYaml, "is not YAML: brackets, quotes or indentation do not fit together here"));
        }

        return null;
    }
}

/// <summary>Stops reading a document that cannot be gone on with; never leaves <see cref="YamlReader"/>.</summary>
internal sealed class YamlRefused(Place place, string code, string message) : Exception(message)
{
    public Place Place { get; } = place;
    public string Code { get; } = code;
}
