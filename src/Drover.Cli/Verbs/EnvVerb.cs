using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Client;
using Drover.Client.Resources;
using Drover.Compose;
using Drover.Compose.Templates;
using Drover.Model.Environments;

namespace Drover.Cli.Verbs;

/// <summary>`drover env template export|import`: templates of environments as files (ENV-10).</summary>
internal sealed class EnvVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Argument<string[]> _templates = new("TEMPLATE") { Description = "Names or ids of templates", Arity = ArgumentArity.OneOrMore };
    private readonly Argument<string[]> _files = new("FILE") { Description = "YAML files, each with one template", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _public = new("--public") { Description = "Everybody may make environments of them" };

    public static Command Create(CliContext context)
    {
        var env = new EnvVerb();
        var template = new Command("template", "Environment templates as files")
        {
            Verb.Create(context, "export", "Print templates as YAML", env._templates).RunOnServer(env.ExportAsync),
            Verb.Create(context, "import", "Create templates from YAML files", env._files, env._public).RunOnServer(env.ImportAsync),
        };
        template.Aliases.Add("templates");
        return new Command("env", "Environments") { template };
    }

    private async Task<int> ExportAsync(CliContext context, ParseResult parsed, DroverClient client, CancellationToken cancellation)
    {
        var all = await client.Set<ProjectTemplate>().ListAsync([("removed_null", "1")], cancellation).ToListAsync(cancellation);
        var found = parsed.GetRequiredValue(_templates).Select(name => Named(all, name)).ToList();
        foreach (var (template, index) in found.Select((template, index) => (template, index)))
        {
            if (index > 0) await context.Out.WriteLineAsync("---");
            await context.Out.WriteAsync(EnvironmentTemplateFile.Write(JsonNode.Parse(template.Json.GetRawText())!.AsObject()));
        }

        return ExitCode.Done;
    }

    private static ApiResource<ProjectTemplate> Named(List<ApiResource<ProjectTemplate>> all, string name)
        => all.Find(template => template.Id == name) ?? all.Find(template => string.Equals(template.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"there is no environment template {name}");

    private async Task<int> ImportAsync(CliContext context, ParseResult parsed, DroverClient client, CancellationToken cancellation)
    {
        // Nothing is created where one of the files is wrong.
        var wanted = parsed.GetRequiredValue(_files).Select(file => Load(context, file, parsed.GetValue(_public))).ToList();
        var templates = client.Set<ProjectTemplate>();
        foreach (var template in wanted)
        {
            var created = await templates.CreateAsync(template, cancellation);
            await templates.WaitUntilSettledAsync(created.Id, Patience, cancellation);
            await context.Out.WriteLineAsync(created.Id);
        }

        return ExitCode.Done;
    }

    private static ProjectTemplate Load(CliContext context, string file, bool isPublic)
    {
        var path = Path.Combine(context.Folder, file);
        if (!File.Exists(path)) throw new UsageException($"{file} is not there");
        var problems = new List<ComposeProblem>();
        if (EnvironmentTemplateFile.Read(Path.GetFileName(file), File.ReadAllText(path), problems) is not { } read) throw new UsageException(string.Join('\n', problems));
        var template = ApiResource<ProjectTemplate>.Read(JsonSerializer.SerializeToElement(read)).Wanted;
        return isPublic ? template with { IsPublic = true } : template;
    }
}
