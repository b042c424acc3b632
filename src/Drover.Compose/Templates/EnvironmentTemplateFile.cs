using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Yaml;

namespace Drover.Compose.Templates;

/// <summary>A template of environments as a file, in the format of Rancher 1.6's `rancher env template export` and `import` (ENV-10).</summary>
public static class EnvironmentTemplateFile
{
    private static readonly RecordCodec Stack = new(
        new ComposeKey("name", "name", Codec.Text, Required: true),
        new ComposeKey("description", "description", Codec.Text),
        new ComposeKey("template_id", "templateId", Codec.Text),
        new ComposeKey("template_version_id", "templateVersionId", Codec.Text),
        new ComposeKey("docker_compose", "dockerCompose", Codec.Text),
        new ComposeKey("rancher_compose", "rancherCompose", Codec.Text),
        new ComposeKey("answers", "answers", Codec.TextMap));

    private static readonly RecordCodec Template = new(
        new ComposeKey("name", "name", Codec.Text, Required: true),
        new ComposeKey("description", "description", Codec.Text),
        new ComposeKey("external_id", "externalId", Codec.Text),
        new ComposeKey("is_public", "isPublic", Codec.Boolean, Default: "false"),
        new ComposeKey("stacks", "stacks", new ListOfCodec(Stack)));

    /// <summary>The template that a file describes, as the API takes it; null where something was added to the problems, each with its line and key.</summary>
    public static JsonObject? Read(string file, string text, ICollection<ComposeProblem> problems)
    {
        if (YamlReader.Read(file, text, problems) is not { } root)
        {
            if (problems.Count == 0) problems.Add(new ComposeProblem(file, 0, "", ComposeCodes.MissingRequired, "is empty"));
            return null;
        }

        if (root is not YamlMap map)
        {
            problems.Add(new ComposeProblem(file, root.Place.Line, "", ComposeCodes.InvalidType, $"needs a map, but is {root.Shape}"));
            return null;
        }

        var findings = new Findings();
        var read = Template.Read(map, new Spot(KeyPath.Top("template"), findings)) as JsonObject;
        foreach (var problem in findings.Problems) problems.Add(problem);
        return findings.Any ? null : read;
    }

    /// <summary>The file of a template as the API shows it; whatever else a response has is left out.</summary>
    public static string Write(JsonObject template) => YamlWriter.Write(Template.Write(template) ?? new YamlMap(Place.None, []));
}
