using System.Collections;
using System.Collections.Frozen;

namespace Drover.Server.Settings;

/// <summary>Settings that were given to the process as environment variables: `CATTLE_` and the name in capitals, with "_" for "." (SET-02). What is stored goes before them.</summary>
public static class SettingEnvironment
{
    private static readonly FrozenDictionary<string, string> Given = Of(Environment.GetEnvironmentVariables());

    /// <summary>The value of a setting; null where none was given.</summary>
    public static string? Find(string name) => Find(Given, name);

    /// <summary>The value of a setting in variables: `CATTLE_...` before `DEFAULT_CATTLE_...`; null for none.</summary>
    public static string? Find(FrozenDictionary<string, string> variables, string name)
    {
        if (variables.Count == 0) return null;
        var variable = VariableOf(name);
        return variables.GetValueOrDefault(variable) ?? variables.GetValueOrDefault("DEFAULT_" + variable);
    }

    /// <summary>The variables that are settings.</summary>
    public static FrozenDictionary<string, string> Of(IDictionary variables)
        => variables.Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, variable.Value as string ?? ""))
            .Where(variable => variable.Key.StartsWith("CATTLE_", StringComparison.Ordinal) || variable.Key.StartsWith("DEFAULT_CATTLE_", StringComparison.Ordinal))
            .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>"CATTLE_API_HOST" for "api.host".</summary>
    public static string VariableOf(string name) => "CATTLE_" + name.ToUpperInvariant().Replace('.', '_').Replace('-', '_');
}
