using Drover.Compose.Codecs;
using Drover.Compose.Services;
using Drover.Compose.Yaml;

namespace Drover.Compose.Files;

/// <summary>Brings the services of both files together and refuses names and keys that cannot be.</summary>
internal static class ServiceSources
{
    private const int LongestName = 63;

    public static IReadOnlyList<ServiceSource> Join(ComposeFile? docker, ComposeFile? rancher, Findings findings)
    {
        var names = new List<string>();
        foreach (var file in new[] { docker, rancher }.OfType<ComposeFile>())
        {
            foreach (var entry in file.Services?.Entries ?? [])
            {
                if (!names.Contains(entry.Key, StringComparer.Ordinal) && IsNameGood(entry, file, names, findings))
                    names.Add(entry.Key);
            }
        }

        var sources = new List<ServiceSource>();
        foreach (var name in names)
        {
            var (inDocker, inRancher) = (SectionOf(docker, name, findings), SectionOf(rancher, name, findings));
            if (inDocker is not null || inRancher is not null)
                sources.Add(new ServiceSource(name, inDocker, inRancher, findings));
        }

        return sources;
    }

    private static bool IsNameGood(YamlEntry entry, ComposeFile file, List<string> names, Findings findings)
    {
        var name = entry.Key;
        if (name.Length is 0 or > LongestName || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') || name[0] == '-' || name[^1] == '-')
        {
            findings.Refuse(entry.KeyPlace, file.KeyOf(name), ComposeCodes.InvalidCharacters, $"a service's name has 1 to {LongestName} letters, digits and hyphens and neither begins nor ends with a hyphen");
            return false;
        }

        if (names.Find(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } same)
            return true;
        findings.Refuse(entry.KeyPlace, file.KeyOf(name), ComposeCodes.NotUnique, $"differs from the service '{same}' in upper and lower case only");
        return false;
    }

    private static Section? SectionOf(ComposeFile? file, string name, Findings findings)
    {
        if (file?.Services?.Find(name) is not { } node || node is YamlScalar { Kind: ScalarKind.Null })
            return null;
        var key = file.KeyOf(name);
        if (node is not YamlMap map)
        {
            findings.Refuse(node.Place, key, ComposeCodes.InvalidType, $"a service needs a map, but is {node.Shape}");
            return null;
        }

        foreach (var entry in map.Entries)
        {
            if (ServiceKeys.Ignored.Contains(entry.Key))
                findings.Warn(entry.KeyPlace, key.Child(entry.Key), ComposeCodes.IgnoredKey, "has no effect here");
            else if (!ServiceKeys.All.Contains(entry.Key) && !entry.Key.StartsWith("x-", StringComparison.Ordinal))
                UnknownKey.Refuse(entry, key.Child(entry.Key), findings, ServiceKeys.All);
        }

        return new Section(map, key);
    }
}
