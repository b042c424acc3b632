namespace Drover.Agent;

/// <summary>Arguments of the form `--name value` or `--name=value`.</summary>
public sealed class Arguments
{
    private readonly ILookup<string, string> _values;

    private Arguments(ILookup<string, string> values) => _values = values;

    /// <summary>Throws <see cref="FormatException"/>, with a sentence for people, on a name it does not know or one without value.</summary>
    public static Arguments Read(IReadOnlyList<string> args, IReadOnlyCollection<string> names)
    {
        var values = new List<(string Name, string Value)>();
        for (var at = 0; at < args.Count; at++)
        {
            var parts = args[at].Split('=', 2);
            var name = parts[0].StartsWith("--", StringComparison.Ordinal) ? parts[0][2..] : null;
            if (name is null || !names.Contains(name)) throw new FormatException($"Unknown argument {parts[0]}; known are {string.Join(", ", names.Select(known => "--" + known))}");
            if (parts.Length == 1 && ++at >= args.Count) throw new FormatException($"--{name} needs a value");
            values.Add((name, parts.Length == 2 ? parts[1] : args[at]));
        }

        return new Arguments(values.ToLookup(value => value.Name, value => value.Value));
    }

    /// <summary>The last value given; null where none was.</summary>
    public string? Last(string name) => _values[name].LastOrDefault();

    public IEnumerable<string> All(string name) => _values[name];
}
