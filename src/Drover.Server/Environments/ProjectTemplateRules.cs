using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Api.Seams;

namespace Drover.Server.Environments;

/// <summary>A template is stored only with compose files that can be read. Private ones are their owner's alone; public ones are read by all and changed by administrators (ENV-07).</summary>
public sealed class ProjectTemplateRules : ICreateRule, IUpdateRule
{
    public string Kind => "projectTemplate";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        if (draft.Wanted.Name is null or { Length: 0 }) yield return new Problem("MissingRequired", "name");
        TemplateStacks.ReadAll(((ProjectTemplate)draft.Wanted).Stacks);
    }

    public IEnumerable<Problem> Check(UpdateDraft draft)
    {
        if (draft.Changed.Contains("stacks")) TemplateStacks.ReadAll(((ProjectTemplate)draft.Wanted).Stacks);
        yield break;
    }
}
