using System.Text.Json.Nodes;
using Drover.Compose.Export;
using Drover.Compose.Interpolation;
using Drover.Compose.Services;
using Drover.Compose.Yaml;

namespace Drover.Compose;

/// <summary>The texts of both files of a stack.</summary>
public sealed record ComposeTexts(string DockerCompose, string RancherCompose);

/// <summary>Writes services back into both files, version 2; reading them gives the same services again.</summary>
public static class ComposeWriter
{
    /// <summary>
    /// Writes services as the API shows them: bodies may hold ids where <see cref="ComposedService.References"/> has the names
    /// (<see cref="ComposeReference.In"/> lists the places), and whatever else a response has is left out.
    /// </summary>
    public static ComposeTexts Write(IReadOnlyList<ComposedService> services, IReadOnlyList<JsonObject> volumeTemplates)
    {
        var writer = new ServiceWriter();
        foreach (var service in services)
            writer.Write(service);
        return new ComposeTexts(
            Text(writer.Docker, Volumes(volumeTemplates), Secrets(writer.Secrets)),
            Text(writer.Rancher, null, null));
    }

    private static string Text(YamlMap services, YamlMap? volumes, YamlMap? secrets)
    {
        var top = new SectionBuilder();
        top.Add("version", "2");
        top.Add("services", services.Entries.Any() ? Escaped(services) : null);
        top.Add("volumes", volumes is null ? null : Escaped(volumes));
        top.Add("secrets", secrets);
        return YamlWriter.Write(top.Map);
    }

    private static YamlMap? Volumes(IReadOnlyList<JsonObject> templates)
    {
        var volumes = templates
            .Where(template => template["name"] is not null)
            .Select(template => new YamlEntry(template["name"]!.ToString(), Place.None, VolumeTemplates.Write(template)))
            .ToList();
        return volumes.Count > 0 ? new YamlMap(Place.None, volumes) : null;
    }

    private static YamlMap? Secrets(IReadOnlyCollection<string> names)
    {
        var external = new YamlMap(Place.None, [new YamlEntry("external", Place.None, new YamlScalar(Place.None, "true", plain: true))]);
        return names.Count > 0 ? new YamlMap(Place.None, [.. names.Select(name => new YamlEntry(name, Place.None, external))]) : null;
    }

    /// <summary>The node with every dollar doubled, as reading replaces variables.</summary>
    private static YamlNode Escaped(YamlNode node) => node switch
    {
        YamlScalar { Plain: false } scalar => new YamlScalar(scalar.Place, Interpolator.Escape(scalar.Text), plain: false),
        YamlList list => new YamlList(list.Place, [.. list.Items.Select(Escaped)]),
        YamlMap map => new YamlMap(map.Place, [.. map.Entries.Select(entry => entry with { Value = Escaped(entry.Value) })]),
        _ => node,
    };
}
