using System.Collections.Immutable;
using Drover.Compose;
using Drover.Model.Catalogs;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Server.Api.Calls;
using Drover.Server.Services;
using Drover.Server.Settings;
using Drover.Server.Stacks;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>The stacks that an environment starts with: those of its template that hold compose files (ENV-03, ENV-06).</summary>
internal sealed class TemplateStacks(ComposedStack composed)
{
    /// <summary>A stack of a template with what its files say.</summary>
    public sealed record Read(string Name, string? Description, string? ExternalId, ComposeModel Model);

    /// <summary>Reads the compose files of all stacks. Throws a problem that names the stack; entries that only name a template of the catalog are left out.</summary>
    public static ImmutableArray<Read> ReadAll(IEnumerable<CatalogTemplate> stacks)
        => [.. stacks.Where(stack => !string.IsNullOrWhiteSpace(stack.DockerCompose)).Select(ReadOne)];

    /// <summary>The template of a new environment: the one that was named, else the public one that setting `project.template.default.name` names (ENV-11).</summary>
    public static Entry? TemplateOf(Snapshot view, long? named)
        => named is not null ? view.Find<ProjectTemplate>(named)
            : SettingsTable.Value(view, "project.template.default.name") is { Length: > 0 } name
                ? view.All<ProjectTemplate>().FirstOrDefault(entry => entry is { IsRemoved: false, Wanted: ProjectTemplate { IsPublic: true, RemoveRequested: false } } && entry.Wanted.Name == name)
                : null;

    /// <summary>Creates the stacks, which belong to the platform, in the write that creates the environment.</summary>
    public void Create(WriteTx tx, long project, IEnumerable<Read> stacks, Caller caller)
    {
        var owner = caller with { Role = Roles.Owner, AccountId = project };
        foreach (var stack in stacks)
        {
            var created = tx.Create(
                new Stack { AccountId = project, Name = stack.Name, Description = stack.Description, ExternalId = stack.ExternalId, System = true, StartOnCreate = true },
                new StackSeen { HealthState = ServiceHealth.Healthy });
            composed.Create(tx, created, stack.Model, owner);
        }
    }

    private static Read ReadOne(CatalogTemplate stack)
    {
        if (ServiceNames.Check(stack.Name) is { } problem) throw new ProblemException(problem with { Field = "stacks", Detail = $"{stack.Name} is no name for a stack" });
        var result = ComposeReader.Read(ComposeFiles.Of(stack.DockerCompose, stack.RancherCompose), AnswersOf(stack));
        if (result.Model is not { } model) throw new ProblemException(new Problem("InvalidFormat", "stacks", $"{stack.Name}: {result.Problems[0]}"));
        return new Read(stack.Name!, stack.Description, stack.TemplateVersionId is { Length: > 0 } id ? $"catalog://{id}" : null, model);
    }

    private static Dictionary<string, string> AnswersOf(CatalogTemplate stack)
    {
        if (stack.Answers is not { } raw) return [];
        using var answers = System.Text.Json.JsonDocument.Parse(raw.Text);
        return answers.RootElement.ValueKind != System.Text.Json.JsonValueKind.Object ? []
            : answers.RootElement.EnumerateObject().ToDictionary(answer => answer.Name, answer => answer.Value.ToString(), StringComparer.Ordinal);
    }
}
