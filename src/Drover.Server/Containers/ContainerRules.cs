using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Server.Agents;
using Drover.Server.Api.Seams;
using Drover.Server.Stacks;

namespace Drover.Server.Containers;

/// <summary>What holds when containers are created, changed and removed over the API.</summary>
internal sealed class ContainerRules : ICreateRule, IRemoveRule
{
    /// <summary>The most containers made by one request.</summary>
    private const long MostAtOnce = 1000;

    public string Kind => "container";

    public string Before => "stop";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        var container = (Container)draft.Wanted;
        foreach (var problem in SpecRules.Check(container.Spec)) yield return problem;
        if (ContainerRole.Check(draft.Tx.View, container.Labels, isPlatforms: false, draft.Caller) is { } refused) yield return refused;
        if (container.Count is < 1 or > MostAtOnce) yield return new Problem("MaxLimitExceeded", "count");
        if (container.StackId is { } stack && StackRules.Closed(draft.Tx.View, stack)) yield return new Problem("InvalidState", "stackId");
        var count = (int)Math.Clamp(container.Count ?? 1, 1, MostAtOnce);
        container = container with { Spec = SpecRules.Normal(container.Spec), Running = container.StartOnCreate, Count = null };
        draft.Wanted = container;
        if (count > 1) draft.Copies = [.. Enumerable.Range(1, count).Select(n => container with { Name = container.Name is { Length: > 0 } name ? $"{name}-{n}" : null })];
    }

    public IEnumerable<Problem> Check(RemoveDraft draft)
    {
        draft.Wanted = (Container)draft.Wanted with { Running = false };
        return [];
    }
}

/// <summary>`start`: it shall run.</summary>
internal sealed class StartContainer : IProcessRule
{
    public string Kind => "container";

    public string Action => "start";

    public IEnumerable<Problem> Check(ActionDraft draft)
    {
        draft.Wanted = (Container)draft.Wanted with { Running = true };
        return [];
    }
}

/// <summary>`stop`: it shall rest, or go where the caller says so (CTR-18).</summary>
internal sealed class StopContainer : IProcessRule
{
    public string Kind => "container";

    public string Action => "stop";

    public IEnumerable<Problem> Check(ActionDraft draft)
    {
        var container = (Container)draft.Wanted;
        var input = draft.Input as InstanceStop;
        draft.Wanted = container with
        {
            Running = false,
            StopSeconds = input?.Timeout ?? container.Spec.StopTimeout,
            RemoveRequested = container.RemoveRequested || input?.Remove == true,
        };
        return [];
    }
}

/// <summary>`restart`: the host ends the run and begins another.</summary>
internal sealed class RestartContainer : IProcessRule
{
    public string Kind => "container";

    public string Action => "restart";

    public IEnumerable<Problem> Check(ActionDraft draft)
    {
        var container = (Container)draft.Wanted;
        draft.Wanted = container with { Running = true, RestartCount = container.RestartCount + 1 };
        return [];
    }
}
