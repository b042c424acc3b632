using Drover.Compose.Codecs;
using Drover.Compose.Yaml;

namespace Drover.Compose.Catalogs;

/// <summary>Reads <c>.catalog</c>; keys that it does not know are warnings, as templates of other versions carry them.</summary>
internal static class CatalogReader
{
    private static readonly HashSet<string> EntryKeys = new(StringComparer.Ordinal)
    {
        "name", "version", "description", "uuid", "minimum_rancher_version", "maximum_rancher_version", "upgrade_from", "labels", "output", "outputs", "questions",
    };

    private static readonly HashSet<string> QuestionKeys = new(StringComparer.Ordinal)
    {
        "variable", "label", "description", "type", "required", "default", "options", "group", "min_length", "max_length", "min", "max", "valid_chars", "invalid_chars",
    };

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "string", "int", "boolean", "password", "service", "enum", "multiline", "certificate", "secret",
    };

    public static CatalogEntry Read(YamlMap map, Spot spot)
    {
        WarnUnknown(map, EntryKeys, spot);
        return new CatalogEntry
        {
            Name = Text(map, "name", spot),
            Version = Text(map, "version", spot),
            Description = Text(map, "description", spot),
            Uuid = Text(map, "uuid", spot),
            MinimumRancherVersion = Text(map, "minimum_rancher_version", spot),
            MaximumRancherVersion = Text(map, "maximum_rancher_version", spot),
            UpgradeFrom = Text(map, "upgrade_from", spot),
            Labels = Texts(map, "labels", spot),
            Output = Texts(map, map.Find("output") is null ? "outputs" : "output", spot),
            Questions = Questions(map, spot.Child("questions")),
        };
    }

    private static List<Question> Questions(YamlMap map, Spot spot)
    {
        var questions = new List<Question>();
        if (map.Find("questions") is not { } node || node is YamlScalar { Kind: ScalarKind.Null })
            return questions;
        if (node is not YamlList list)
        {
            spot.WrongType(node, "a list of questions");
            return questions;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < list.Items.Count; index++)
        {
            var at = spot.Item(index);
            if (list.Items[index] is not YamlMap question)
                at.WrongType(list.Items[index], "a map");
            else if (Text(question, "variable", at) is not { Length: > 0 } variable)
                at.Refuse(question, ComposeCodes.MissingRequired, "a question needs 'variable'");
            else if (!seen.Add(variable))
                at.Warn(question, ComposeCodes.NotUnique, $"the variable '{variable}' is asked for twice; the first question counts");
            else
                questions.Add(One(question, variable, at));
        }

        return questions;
    }

    private static Question One(YamlMap map, string variable, Spot spot)
    {
        WarnUnknown(map, QuestionKeys, spot);
        var type = Text(map, "type", spot);
        return new Question
        {
            Variable = variable,
            Label = Text(map, "label", spot),
            Description = Text(map, "description", spot),
            Type = Types.Contains(type) ? type : "string",
            Required = map.Find("required") is { } required && (bool?)Codec.Boolean.Read(required, spot.Child("required")) == true,
            Default = map.Find("default") is YamlScalar { Kind: not ScalarKind.Null } ? Text(map, "default", spot) : null,
            Options = map.Find("options") is YamlList options ? [.. options.Items.OfType<YamlScalar>().Select(ScalarText.Of)] : [],
            Group = Text(map, "group", spot),
            MinLength = Number(map, "min_length", spot),
            MaxLength = Number(map, "max_length", spot),
            Min = Number(map, "min", spot),
            Max = Number(map, "max", spot),
            ValidChars = Text(map, "valid_chars", spot),
            InvalidChars = Text(map, "invalid_chars", spot),
        };
    }

    private static string Text(YamlMap map, string key, Spot spot)
    {
        var node = map.Find(key);
        if (node is YamlScalar scalar)
            return ScalarText.Of(scalar);
        if (node is not null)
            spot.Child(key).WrongType(node, "text");
        return "";
    }

    private static long? Number(YamlMap map, string key, Spot spot) =>
        map.Find(key) is { } node ? (long?)Codec.Integer.Read(node, spot.Child(key)) : null;

    private static Dictionary<string, string> Texts(YamlMap map, string key, Spot spot) =>
        map.Find(key) is { } node && Codec.TextMap.Read(node, spot.Child(key)) is { } texts
            ? texts.AsObject().ToDictionary(entry => entry.Key, entry => (string?)entry.Value ?? "")
            : [];

    private static void WarnUnknown(YamlMap map, HashSet<string> known, Spot spot)
    {
        foreach (var entry in map.Entries.Where(entry => !known.Contains(entry.Key)))
            spot.Findings.Warn(entry.KeyPlace, spot.Key.Child(entry.Key), ComposeCodes.IgnoredKey, "is not a key of catalogs and has no effect");
    }
}
