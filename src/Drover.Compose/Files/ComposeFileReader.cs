using Drover.Compose.Codecs;
using Drover.Compose.Yaml;

namespace Drover.Compose.Files;

/// <summary>Reads a compose file of version 1 or 2 and refuses what cannot stand at its top.</summary>
internal static class ComposeFileReader
{
    private static readonly string[] TopKeys = ["version", "services", "volumes", "networks", "secrets"];
    private static readonly string[] CatalogKeys = [".catalog", "catalog"];

    /// <summary>The file, or null where it is empty or was refused; <paramref name="rancher"/> says that it may describe a template.</summary>
    public static ComposeFile? Read(string name, string text, bool rancher, Findings findings)
    {
        var problems = new List<ComposeProblem>();
        var root = YamlReader.Read(name, text, problems);
        problems.ForEach(findings.Add);
        if (root is null)
            return null;
        if (root is not YamlMap map)
        {
            findings.Refuse(root.Place, null, ComposeCodes.InvalidType, $"needs a map of services, but is {root.Shape}");
            return null;
        }

        var catalog = Array.Find(CatalogKeys, key => (rancher || key[0] == '.') && map.Find(key) is YamlMap entry && !(key[0] != '.' && IsService(entry)));
        var file = IsVersion2(map, rancher, findings) ? Version2(name, map, catalog, findings) : Version1(name, map, catalog);
        if (file.Services is not { Entries.Count: > ComposeFile.MostServices } services)
            return file;
        findings.Refuse(services.Place, file.ServicesKey, ComposeCodes.MaxLimitExceeded, $"has {services.Entries.Count} services; at most {ComposeFile.MostServices} are read from one file");
        return null;
    }

    private static ComposeFile Version1(string name, YamlMap map, string? catalog)
    {
        var services = map.Entries.Where(entry => entry.Key != catalog && !IsExtension(entry.Key));
        return new ComposeFile(name, new YamlMap(map.Place, [.. services]), null, null, null, CatalogOf(map, catalog), catalog ?? CatalogKeys[0]);
    }

    private static ComposeFile Version2(string name, YamlMap map, string? catalog, Findings findings)
    {
        foreach (var entry in map.Entries.Where(entry => entry.Key != catalog && !IsExtension(entry.Key) && Array.IndexOf(TopKeys, entry.Key) < 0))
        {
            if (entry.Key is "name" or "configs")
                findings.Warn(entry.KeyPlace, KeyPath.Top(entry.Key), ComposeCodes.IgnoredKey, "has no effect here");
            else
                UnknownKey.Refuse(entry, KeyPath.Top(entry.Key), findings, TopKeys);
        }

        _ = MapOf(map, "networks", findings);
        return new ComposeFile(
            name, MapOf(map, "services", findings), KeyPath.Top("services"), MapOf(map, "volumes", findings), MapOf(map, "secrets", findings),
            CatalogOf(map, catalog), catalog ?? CatalogKeys[0]);
    }

    /// <summary>Version 2 is what says so, and what has nothing but maps of services under <c>services</c>.</summary>
    private static bool IsVersion2(YamlMap map, bool rancher, Findings findings)
    {
        var version = map.Find("version");
        if (version is YamlScalar scalar)
        {
            var written = scalar.Text;
            if (written is "1" or "1.0")
                return false;
            if (written is not "2" && !written.StartsWith("2.", StringComparison.Ordinal) && !rancher)
                findings.Refuse(scalar.Place, KeyPath.Top("version"), ComposeCodes.UnsupportedVersion, $"'{written}' is not supported; versions 1 and 2 are");
            return true;
        }

        return version is null && map.Find("services") is YamlMap services && !IsService(services) && services.Entries.All(entry => entry.Value is YamlMap or YamlScalar { Kind: ScalarKind.Null });
    }

    private static bool IsService(YamlMap map) => map.Find("image") is YamlScalar || map.Find("build") is not null || map.Find("scale") is not null;

    private static bool IsExtension(string key) => key.StartsWith("x-", StringComparison.Ordinal);

    private static YamlMap? CatalogOf(YamlMap map, string? key) => key is null ? null : map.Find(key) as YamlMap;

    private static YamlMap? MapOf(YamlMap top, string key, Findings findings)
    {
        var node = top.Find(key);
        if (node is null or YamlScalar { Kind: ScalarKind.Null })
            return null;
        if (node is YamlMap map)
            return map;
        findings.Refuse(node.Place, KeyPath.Top(key), ComposeCodes.InvalidType, $"needs a map, but is {node.Shape}");
        return null;
    }
}
