using Drover.Compose.Catalogs;
using Drover.Compose.Files;
using Drover.Compose.Interpolation;
using Drover.Compose.Services;

namespace Drover.Compose;

/// <summary>Reads docker-compose.yml and rancher-compose.yml (versions 1 and 2) into a model in the API's words.</summary>
public static class ComposeReader
{
    /// <summary>Reads the files with these answers, over the defaults of the template's questions; never throws for what stands in them.</summary>
    public static ComposeResult Read(ComposeFiles files, IReadOnlyDictionary<string, string> answers)
    {
        var findings = new Findings();
        var docker = Open(files, files.Docker, rancher: false, findings);
        var rancher = Open(files, files.Rancher, rancher: true, findings);
        var catalog = Catalog(rancher, findings) ?? Catalog(docker, findings);
        var variables = catalog?.WithDefaults(answers) ?? answers;
        if (findings.Any && (docker is null || (rancher is null && files.Rancher is not null)))
            return new ComposeResult(null, findings.Problems, findings.Warnings);

        var before = findings.Problems.Count;
        var interpolation = new NodeInterpolation(variables, findings);
        var opened = new Dictionary<string, ComposeFile?>(StringComparer.Ordinal);
        var extension = new Extension(OpenOther, findings);
        docker = docker is null ? null : extension.Apply(Interpolate(docker, interpolation));
        rancher = rancher is null ? null : extension.Apply(Interpolate(rancher, interpolation));
        if (findings.Problems.Count > before)
            return new ComposeResult(null, findings.Problems, findings.Warnings);

        var model = StackReader.Read(docker, rancher, files, catalog, variables, findings);
        return new ComposeResult(findings.Any ? null : model, findings.Problems, findings.Warnings);

        ComposeFile? OpenOther(string name)
        {
            name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
            if (!opened.TryGetValue(name, out var file))
                opened[name] = file = Open(files, files.Texts.ContainsKey(name) ? name : null, rancher: false, findings) is { } read ? Interpolate(read, interpolation) : null;
            return file;
        }
    }

    private static ComposeFile? Open(ComposeFiles files, string? name, bool rancher, Findings findings) =>
        name is null ? null : ComposeFileReader.Read(name, files.Texts[name], rancher, findings);

    private static CatalogEntry? Catalog(ComposeFile? file, Findings findings) =>
        file?.Catalog is { } catalog ? CatalogReader.Read(catalog, new Spot(KeyPath.Top(file.CatalogKey), findings)) : null;

    /// <summary>Replaces variables in services, volumes and secrets; the questions themselves stay as they are.</summary>
    private static ComposeFile Interpolate(ComposeFile file, NodeInterpolation interpolation) => file with
    {
        Services = file.Services is { } services ? new(services.Place, [.. services.Entries.Select(entry => entry with { Value = interpolation.Apply(entry.Value, file.KeyOf(entry.Key)) })]) : null,
        Volumes = file.Volumes is { } volumes ? interpolation.Map(volumes, KeyPath.Top("volumes")) : null,
        Secrets = file.Secrets is { } secrets ? interpolation.Map(secrets, KeyPath.Top("secrets")) : null,
    };
}
