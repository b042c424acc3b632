namespace Drover.Compose.Catalogs;

/// <summary>What a template's rancher-compose.yml says about itself under <c>.catalog</c>; texts are empty where the file has none.</summary>
public sealed record CatalogEntry
{
    public string Name { get; init; } = "";
    public string Version { get; init; } = "";
    public string Description { get; init; } = "";
    public string Uuid { get; init; } = "";
    public string MinimumRancherVersion { get; init; } = "";
    public string MaximumRancherVersion { get; init; } = "";

    /// <summary>A version or range of versions from which an upgrade is allowed.</summary>
    public string UpgradeFrom { get; init; } = "";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Output { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<Question> Questions { get; init; } = [];

    /// <summary>The answers with every question's default filled in where no answer is given.</summary>
    public IReadOnlyDictionary<string, string> WithDefaults(IReadOnlyDictionary<string, string> answers)
    {
        var all = new Dictionary<string, string>(answers, StringComparer.Ordinal);
        foreach (var question in Questions)
        {
            if (question.Default is { } value)
                all.TryAdd(question.Variable, value);
        }

        return all;
    }
}

/// <summary>One question that a template asks; its answer is the value of a variable.</summary>
public sealed record Question
{
    public required string Variable { get; init; }
    public string Label { get; init; } = "";
    public string Description { get; init; } = "";

    /// <summary>string, int, boolean, password, service, enum, multiline, certificate or secret; a type that is not known counts as string.</summary>
    public string Type { get; init; } = "string";

    public bool Required { get; init; }
    public string? Default { get; init; }
    public IReadOnlyList<string> Options { get; init; } = [];
    public string Group { get; init; } = "";

    /// <summary>The fewest characters of an answer, or null.</summary>
    public long? MinLength { get; init; }

    /// <summary>The most characters of an answer, or null.</summary>
    public long? MaxLength { get; init; }

    /// <summary>The smallest number that an int answers, or null.</summary>
    public long? Min { get; init; }

    /// <summary>The largest number that an int answers, or null.</summary>
    public long? Max { get; init; }

    /// <summary>The characters that an answer may hold, as a character class; empty for any.</summary>
    public string ValidChars { get; init; } = "";

    /// <summary>The characters that an answer may not hold, as a character class; empty for none.</summary>
    public string InvalidChars { get; init; } = "";
}
