using System.Collections.Frozen;
using System.Globalization;
using Drover.Model.Kernel;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.SignIn.Configs;

/// <summary>The values that a provider works with: the stored ones, or under test those that somebody is about to store.</summary>
/// <param name="config">The provider's fields.</param>
/// <param name="view">The state to read from.</param>
/// <param name="over">Values that stand over the stored ones, by wire name; a secret that is absent there is the stored one.</param>
public sealed class ProviderValues(ProviderConfig config, Snapshot view, IReadOnlyDictionary<string, string>? over = null)
{
    private readonly IReadOnlyDictionary<string, string> _over = over ?? FrozenDictionary<string, string>.Empty;

    public ProviderConfig Config => config;

    public Snapshot View => view;

    /// <summary>The value of a field; null where it is empty.</summary>
    public string? this[string field]
        => (_over.TryGetValue(field, out var sent) ? sent : config.Find(field) is { } known ? SettingsTable.Value(view, known.Setting) : null) is { Length: > 0 } value ? value : null;

    public bool IsOn(string field) => this[field] is "true";

    /// <summary>The value as a number; the fallback where it is none.</summary>
    public int Number(string field, int fallback)
        => int.TryParse(this[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : fallback;

    /// <summary>The value of a field that the provider needs. Throws 503 where nobody set it.</summary>
    public string Need(string field)
        => this[field] ?? throw new ProblemException(new Problem("NotConfigured", Message: $"{config.Provider}: {field} is not set", Status: 503));

    /// <summary>The required fields that have no value.</summary>
    public IEnumerable<Problem> Missing()
        => config.Fields.Where(field => field.Required && this[field.Name] is null).Select(field => new Problem("MissingRequired", field.Name));
}
