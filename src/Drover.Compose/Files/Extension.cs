using Drover.Compose.Yaml;

namespace Drover.Compose.Files;

/// <summary>
/// Puts the service that <c>extends</c> names under the one that extends it: maps are merged key by key, lists that add up are joined, all else
/// is replaced. What ties a service to others (links, volumes_from, depends_on, a container's network) is not taken over and may not stand in the base.
/// </summary>
internal sealed class Extension(Func<string, ComposeFile?> open, Findings findings)
{
    private const int MostSteps = 20;

    private static readonly string[] Joined = ["ports", "expose", "external_links", "dns", "dns_search", "tmpfs", "env_file", "security_opt", "cap_add", "cap_drop"];
    private static readonly string[] Merged = ["environment", "labels"];
    private static readonly string[] Tied = ["links", "volumes_from", "depends_on"];

    /// <summary>The file with every <c>extends</c> resolved; what cannot be resolved is a problem.</summary>
    public ComposeFile Apply(ComposeFile file)
    {
        if (file.Services is not { } services || !services.Entries.Any(entry => entry.Value is YamlMap map && map.Find("extends") is not null))
            return file;
        var resolved = services.Entries.Select(entry => entry.Value is YamlMap map ? entry with { Value = Resolve(file, entry.Key, map, MostSteps) } : entry);
        return file with { Services = new YamlMap(services.Place, [.. resolved]) };
    }

    private YamlMap Resolve(ComposeFile file, string name, YamlMap service, int steps)
    {
        if (service.Find("extends") is not { } extends)
            return service;
        if (extends is YamlScalar { Kind: ScalarKind.Null })
            return Without(service, "extends");
        var key = file.KeyOf(name).Child("extends");
        var from = Target(extends, key);
        if (from is not { } target)
            return Without(service, "extends");
        if (steps == 0)
            return Refuse(extends, key, "extends itself, or more than 20 services deep", service);
        var other = target.File is null ? file : open(target.File);
        if (other is null)
            return Refuse(extends, key, $"the file '{target.File}' was not handed in", service);
        if (other.Services?.Find(target.Service) is not YamlMap found)
            return Refuse(extends, key, $"the service '{target.Service}' is not in {other.Name}", service);
        var tied = Array.Find(Tied, tie => found.Find(tie) is not null);
        if (tied is not null || (found.Find("net") ?? found.Find("network_mode")) is YamlScalar { Text: ['c', 'o', 'n', 't', 'a', 'i', 'n', 'e', 'r', ':', ..] })
            return Refuse(extends, key, $"the service '{target.Service}' has '{tied ?? "net: container:"}' and cannot be extended", service);
        return Merge(Resolve(other, target.Service, found, steps - 1), Without(service, "extends"));
    }

    private (string? File, string Service)? Target(YamlNode extends, KeyPath key)
    {
        if (extends is YamlScalar { Kind: not ScalarKind.Null } name)
            return (null, name.Text);
        if (extends is YamlMap map && map.Find("service") is YamlScalar service)
            return ((map.Find("file") as YamlScalar)?.Text, service.Text);
        findings.Refuse(extends.Place, key, ComposeCodes.InvalidType, "needs a service's name, or a map with 'service' and 'file'");
        return null;
    }

    private YamlMap Refuse(YamlNode extends, KeyPath key, string message, YamlMap service)
    {
        findings.Refuse(extends.Place, key, ComposeCodes.InvalidReference, message);
        return Without(service, "extends");
    }

    private static YamlMap Merge(YamlMap under, YamlMap over)
    {
        var entries = under.Entries.Where(entry => over.Find(entry.Key) is null).ToList();
        foreach (var entry in over.Entries)
        {
            var below = under.Find(entry.Key);
            if (below is not null && Array.IndexOf(Merged, entry.Key) >= 0)
                entries.Add(entry with { Value = MergePairs(below, entry.Value) });
            else if (below is not null && Array.IndexOf(Joined, entry.Key) >= 0)
                entries.Add(entry with { Value = new YamlList(entry.Value.Place, [.. Items(below), .. Items(entry.Value)]) });
            else
                entries.Add(entry);
        }

        return new YamlMap(over.Place, entries);
    }

    /// <summary>Maps and lists of <c>name=value</c> alike become one map, the upper one winning.</summary>
    private static YamlMap MergePairs(YamlNode under, YamlNode over)
    {
        var pairs = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var pair in Pairs(under).Concat(Pairs(over)))
            pairs[pair.Key] = pair;
        return new YamlMap(over.Place, [.. pairs.Values]);
    }

    private static IEnumerable<YamlEntry> Pairs(YamlNode node)
    {
        if (node is YamlMap map)
            return map.Entries;
        return Items(node).OfType<YamlScalar>().Select(item => item.Text.Split('=', 2) is [var name, var value]
            ? new YamlEntry(name, item.Place, new YamlScalar(item.Place, value, plain: false))
            : new YamlEntry(item.Text, item.Place, new YamlScalar(item.Place, "", plain: true)));
    }

    private static IReadOnlyList<YamlNode> Items(YamlNode node) => node is YamlList list ? list.Items : [node];

    private static YamlMap Without(YamlMap map, string key) => new(map.Place, [.. map.Entries.Where(entry => entry.Key != key)]);
}
