using Drover.Compose.Yaml;

namespace Drover.Compose.Files;

/// <summary>One compose file taken apart: where its services stand and what else it has at the top.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Services">The map of services, or null where there are none.</param>
/// <param name="ServicesKey">The path of that map; null where services stand at the top (version 1).</param>
/// <param name="Volumes">The map <c>volumes</c> of version 2, or null.</param>
/// <param name="Secrets">The map <c>secrets</c> of version 2, or null.</param>
/// <param name="Catalog">The map <c>.catalog</c>, or null.</param>
/// <param name="CatalogKey">The key under which the catalog stands.</param>
internal sealed record ComposeFile(string Name, YamlMap? Services, KeyPath? ServicesKey, YamlMap? Volumes, YamlMap? Secrets, YamlMap? Catalog, string CatalogKey)
{
    /// <summary>The most services that one file may have.</summary>
    public const int MostServices = 1000;

    /// <summary>The path of a service's key.</summary>
    public KeyPath KeyOf(string service) => ServicesKey?.Child(service) ?? KeyPath.Top(service);
}
