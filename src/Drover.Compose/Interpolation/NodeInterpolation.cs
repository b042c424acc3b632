using Drover.Compose.Yaml;

namespace Drover.Compose.Interpolation;

/// <summary>Replaces variables in every value of a tree; keys stay as they are, and a value that had a variable is text from then on.</summary>
internal sealed class NodeInterpolation(IReadOnlyDictionary<string, string> variables, Findings findings)
{
    /// <summary>The most characters that the values of all files may grow to.</summary>
    public const long MostCharacters = 32 * 1024 * 1024;

    private readonly Dictionary<YamlNode, YamlNode> _done = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _undefined = new(StringComparer.Ordinal);
    private long _characters;

    public YamlNode Apply(YamlNode node, KeyPath key)
    {
        if (_done.TryGetValue(node, out var done))
            return done;
        var result = node switch
        {
            YamlScalar scalar => Scalar(scalar, key),
            YamlList list => new YamlList(list.Place, [.. list.Items.Select((item, index) => Apply(item, key.Item(index)))]),
            YamlMap map => Map(map, key),
            _ => node,
        };
        _done[node] = result;
        return result;
    }

    public YamlMap Map(YamlMap map, KeyPath key) =>
        new(map.Place, [.. map.Entries.Select(entry => entry with { Value = Apply(entry.Value, key.Child(entry.Key)) })]);

    private YamlScalar Scalar(YamlScalar scalar, KeyPath key)
    {
        if (_characters > MostCharacters)
            return scalar;
        var result = Interpolator.Apply(scalar.Text, variables);
        if (result.Error is { } error)
            findings.Refuse(scalar.Place, key, ComposeCodes.InvalidFormat, error);
        foreach (var name in result.Undefined.Where(_undefined.Add))
            findings.Warn(scalar.Place, key, ComposeCodes.UndefinedVariable, $"{name} is not set; empty text stands for it");
        if (!result.Replaced)
            return scalar;

        _characters += result.Text.Length;
        if (_characters > MostCharacters)
            findings.Refuse(scalar.Place, key, ComposeCodes.MaxLimitExceeded, $"the values grow past {MostCharacters} characters with their variables replaced");
        if (result.Text.Contains('\0', StringComparison.Ordinal))
            findings.Refuse(scalar.Place, key, ComposeCodes.InvalidCharacters, "a variable brings in a NUL character");
        return new YamlScalar(scalar.Place, result.Text, plain: false);
    }
}
