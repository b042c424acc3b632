using Drover.Compose.Catalogs;
using Drover.Compose.Files;

namespace Drover.Compose.Services;

/// <summary>Makes the model of a stack from its two files.</summary>
internal static class StackReader
{
    public static ComposeModel Read(ComposeFile? docker, ComposeFile? rancher, ComposeFiles files, CatalogEntry? catalog, IReadOnlyDictionary<string, string> variables, Findings findings)
    {
        var (templates, volumeNames) = VolumeTemplates.Read(docker, findings);
        var parts = new StackParts(files, variables, volumeNames, SecretNames.Read(docker, findings), findings);
        var sources = ServiceSources.Join(docker, rancher, findings);
        var units = Units.Of(sources);
        var reader = new ServiceReader(parts);
        var primaryOf = PrimaryOf(units);
        var services = units.Select(reader.Read).Select(service => service with { DependsOn = Primaries(service, primaryOf) }).ToList();
        CheckTargets(services, units, primaryOf);
        var ordered = Dependencies.Order(services, (name, message) => Source(units, name).Refuse("depends_on", ComposeCodes.InvalidReference, message));
        return new ComposeModel(ordered, templates, catalog);
    }

    private static Dictionary<string, string> PrimaryOf(IReadOnlyList<Unit> units) => units
        .SelectMany(unit => unit.Sidekicks.Select(sidekick => (sidekick.Name, Primary: unit.Primary.Name)))
        .ToDictionary(pair => pair.Name, pair => pair.Primary, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the service depends on, a sidekick standing for its unit.</summary>
    private static List<string> Primaries(ComposedService service, Dictionary<string, string> primaryOf) =>
        [.. service.DependsOn.Select(name => primaryOf.GetValueOrDefault(name, name)).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static void CheckTargets(List<ComposedService> services, IReadOnlyList<Unit> units, Dictionary<string, string> primaryOf)
    {
        var primaries = units.ToDictionary(unit => unit.Primary.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var service in services)
        {
            var source = primaries[service.Name].Primary;
            foreach (var link in service.Links.Where(link => link.Stack is null && !primaries.ContainsKey(link.Service)))
                source.Refuse("links", ComposeCodes.InvalidReference, Missing(link.Service));
            foreach (var target in service.References.Where(target => target is { Kind: "service", Stack: null } && !primaries.ContainsKey(target.Name)))
                source.Refuse("lb_config", ComposeCodes.InvalidReference, Missing(target.Name));
            foreach (var name in service.DependsOn.Where(name => !primaries.ContainsKey(name)))
                source.Refuse("depends_on", ComposeCodes.InvalidReference, Missing(name));
        }

        string Missing(string name) => primaryOf.TryGetValue(name, out var primary)
            ? $"'{name}' is a sidekick; name its primary '{primary}' instead"
            : $"'{name}' is no service of this stack";
    }

    private static ServiceSource Source(IReadOnlyList<Unit> units, string name) => units.First(unit => unit.Primary.Name == name).Primary;
}
