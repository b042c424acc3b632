using System.Collections.Immutable;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>What holds for environments: they get members, a network and their template's stacks; owners change them, removal deactivates first.</summary>
internal sealed class ProjectRules(TemplateStacks templates, ResourceStore store) : ICreateRule, IUpdateRule, IRemoveRule
{
    /// <summary>The template as it was read before the write.</summary>
    private sealed record Template(long Id, ImmutableArray<TemplateStacks.Read> Stacks);

    public string Kind => "project";

    public string Before => "deactivate";

    /// <summary>Reading compose files takes long, so it is done before the write. Whether the caller may use the template is checked with the reference.</summary>
    public object? Prepare(ApiCall call, Body body)
    {
        var view = store.Current;
        long? named = ResourceId.TryParse(body.Text("projectTemplateId"), out var id) ? id : null;
        return TemplateStacks.TemplateOf(view, named) is { } entry && call.Caller.Reads(entry)
            ? new Template(entry.Id, TemplateStacks.ReadAll(((ProjectTemplate)entry.Wanted).Stacks))
            : null;
    }

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        if (draft.Caller.InProject) yield return Problem.Forbidden();
        var project = (Project)draft.Wanted;
        foreach (var problem in CheckRange(project)) yield return problem;
        if (project.Members.Count > 0)
            foreach (var problem in MemberList.Check(draft.Tx.View, [.. project.Members.Items.Select(Members.Normal)]))
                yield return problem;
        draft.Wanted = project with { AccountId = null, Version = "2", ProjectTemplateId = project.ProjectTemplateId ?? (draft.Prepared as Template)?.Id };
        draft.Seen = new ProjectSeen { HealthState = "healthy" };
    }

    public void Created(CreateDraft draft, Resource created)
    {
        var project = (Project)created;
        var members = project.Members.Count > 0
            ? project.Members.Items
            : [Members.Of(draft.Caller.AuthenticatedId, "owner")];
        NewEnvironment.Complete(draft.Tx, project with { Members = default }, members);
        if (draft.Prepared is Template template) templates.Create(draft.Tx, project.Id, template.Stacks, draft.Caller);
    }

    public IEnumerable<Problem> Check(UpdateDraft draft) => OwnersOnly(draft.Tx, draft.Before, draft.Caller).Concat(CheckRange((Project)draft.Wanted));

    public IEnumerable<Problem> Check(RemoveDraft draft) => OwnersOnly(draft.Tx, draft.Before, draft.Caller);

    private static IEnumerable<Problem> CheckRange(Project project)
        => project.ServicesPortRange is { } range && !(range.StartPort <= range.EndPort) ? [new Problem("PortRangeWrongFormat", "servicesPortRange", "startPort is at most endPort, and both are given")] : [];

    private static IEnumerable<Problem> OwnersOnly(WriteTx tx, Entry project, Caller caller)
    {
        if (ProjectActions.IsOwner(tx.View, project.Id, caller)) yield break;
        yield return Problem.Forbidden("You must be a project owner to update the name or description.");
    }
}
