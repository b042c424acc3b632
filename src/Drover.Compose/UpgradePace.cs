using System.Globalization;
using Drover.Compose.Yaml;

namespace Drover.Compose;

/// <summary>How fast services are upgraded, as rancher-compose.yml says it under `upgrade_strategy` (UPG-13).</summary>
/// <param name="BatchSize">Containers at a time.</param>
/// <param name="IntervalMillis">Milliseconds between two batches.</param>
public sealed record UpgradePace(long BatchSize, long IntervalMillis)
{
    private const string Key = "upgrade_strategy";

    /// <summary>The text of rancher-compose.yml in which these services have the pace; as it was where nothing is to be said. Comments are lost where something is.</summary>
    /// <param name="rancherCompose">The text; null where there is none yet. Must be readable.</param>
    /// <param name="services">Whose pace it is.</param>
    /// <param name="overridesBatchSize">True to say it also where the file says another.</param>
    /// <param name="overridesInterval">The same for the interval.</param>
    public string? Into(string? rancherCompose, IReadOnlyCollection<string> services, bool overridesBatchSize, bool overridesInterval)
    {
        var root = string.IsNullOrWhiteSpace(rancherCompose) ? null : YamlReader.Read(ComposeFiles.RancherName, rancherCompose, []) as YamlMap;
        root ??= Map([new("version", Place.None, Text("2"))]);
        var isNested = root.Find("version") is YamlScalar { Text: not ("1" or "1.0") } || root.Find("services") is YamlMap;
        var before = isNested ? root.Find("services") as YamlMap ?? Map([]) : root;
        var after = services.Aggregate(before, (map, name) => With(map, name, Service(map.Find(name) as YamlMap, overridesBatchSize, overridesInterval)));
        if (ReferenceEquals(before, after)) return rancherCompose;
        return YamlWriter.Write(isNested ? With(root, "services", after) : after);
    }

    private YamlMap Service(YamlMap? service, bool overridesBatchSize, bool overridesInterval)
    {
        var strategy = service?.Find(Key) as YamlMap;
        var paced = Said(Said(strategy ?? Map([]), "batch_size", BatchSize, overridesBatchSize), "interval_millis", IntervalMillis, overridesInterval);
        return service is not null && ReferenceEquals(paced, strategy) ? service : With(service ?? Map([]), Key, paced);
    }

    private static YamlMap Said(YamlMap strategy, string key, long number, bool overrides)
        => strategy.Find(key) is not null && !overrides ? strategy
            : With(strategy, key, new YamlScalar(Place.None, number.ToString(CultureInfo.InvariantCulture), plain: true));

    private static YamlMap With(YamlMap map, string key, YamlNode value)
    {
        if (ReferenceEquals(map.Find(key), value)) return map;
        var entry = new YamlEntry(key, Place.None, value);
        return new YamlMap(map.Place, map.Find(key) is null ? [.. map.Entries, entry] : [.. map.Entries.Select(old => old.Key == key ? entry : old)]);
    }

    private static YamlMap Map(IReadOnlyList<YamlEntry> entries) => new(Place.None, entries);

    private static YamlScalar Text(string text) => new(Place.None, text, plain: false);
}
