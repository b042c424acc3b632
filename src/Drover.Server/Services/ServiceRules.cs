using Drover.Model.Kernel;
using Drover.Model.LoadBalancers;
using Drover.Model.Services;
using Drover.Server.Agents;
using Drover.Server.Api.Seams;
using Drover.Server.Containers;
using Drover.Server.Stacks;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>What holds when services are created, changed and removed over the API.</summary>
internal sealed class ServiceRules : ICreateRule, IUpdateRule, IRemoveRule
{
    /// <summary>The largest metadata, in characters.</summary>
    private const int LargestMetadata = 1024 * 1024;

    /// <summary>The largest scale: what a thousand hosts with a hundred containers each carry. More is a slip or an attack.</summary>
    private const long LargestScale = 100_000;

    public string Kind => "service";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        var service = Completed((Service)draft.Wanted);
        if (service.StackId is null) service = service with { StackId = StackRules.DefaultOf(draft.Tx, service.AccountId!.Value) };
        draft.Wanted = service;
        draft.Seen = FirstSeen;
        var problems = CheckNew(draft.Tx.View, service);
        return ContainerRole.Check(draft.Tx.View, service, draft.Caller) is { } refused ? problems.Prepend(refused) : problems;
    }

    public IEnumerable<Problem> Check(UpdateDraft draft)
    {
        var (before, after) = ((Service)draft.Before.Wanted, (Service)draft.Wanted);
        if (draft.Changed.Contains("name"))
        {
            if (ServiceNames.Check(after.Name) is { } problem) yield return problem;
            if (Taken(draft.Tx.View, after, before.Id)) yield return new Problem("NotUnique", "name");
        }

        foreach (var problem in CheckSizes(after)) yield return problem;
    }

    public IEnumerable<Problem> Check(RemoveDraft draft)
    {
        draft.Wanted = (Service)draft.Wanted with { Running = false };
        return [];
    }

    /// <summary>The status that a new service begins with.</summary>
    public static ServiceSeen FirstSeen { get; } = new() { HealthState = ServiceHealth.Healthy, CurrentScale = 0 };

    /// <summary>The service with what the server adds to a new one.</summary>
    public static Service Completed(Service service) => service with
    {
        Running = service.StartOnCreate == true,
        LaunchConfig = service.LaunchConfig is { } primary ? primary with { Spec = SpecRules.Normal(primary.Spec) } : null,
        SecondaryLaunchConfigs = service.SecondaryLaunchConfigs.Items.Select(s => s with { Spec = SpecRules.Normal(s.Spec) }).ToEquatableArray(),
    };

    /// <summary>What is wrong with a new service, names that are taken included.</summary>
    public static IEnumerable<Problem> CheckNew(Snapshot view, Service service)
        => Taken(view, service, own: null) ? Check(view, service).Append(new Problem("NotUnique", "name")) : Check(view, service);

    private static IEnumerable<Problem> Check(Snapshot view, Service service)
    {
        if (ServiceNames.Check(service.Name) is { } problem) yield return problem;
        if (service.StackId is not { } stack || StackRules.Closed(view, stack)) yield return new Problem("InvalidState", "stackId");
        foreach (var wrong in CheckLaunches(service)) yield return wrong;
        foreach (var wrong in CheckSizes(service)) yield return wrong;
    }

    /// <summary>What is wrong with the launch configs of a service that stands already, names that are taken included.</summary>
    public static IEnumerable<Problem> CheckConfigs(Snapshot view, Service service)
        => Taken(view, service, service.Id) ? CheckLaunches(service).Append(new Problem("NotUnique", "name")) : CheckLaunches(service);

    private static IEnumerable<Problem> CheckLaunches(Service service)
    {
        foreach (var sidekick in service.SecondaryLaunchConfigs)
            if (ServiceNames.Check(sidekick.Name) is { } wrong)
                yield return wrong;
        if (service.LaunchConfig is null && RunsImages(service)) yield return new Problem("MissingRequired", "launchConfig");
        if (service.LaunchConfig is { } primary && !(primary.Spec.ImageUuid is null && (service.SelectorContainer is { Length: > 0 } || !RunsImages(service))))
            foreach (var wrong in SpecRules.Check(primary.Spec)) yield return wrong;
        foreach (var wrong in service.SecondaryLaunchConfigs.Items.SelectMany(s => SpecRules.Check(s.Spec))) yield return wrong;
        foreach (var wrong in CheckReferences(service)) yield return wrong;
    }

    /// <summary>False for kinds that are names for others, or whose image the platform chooses.</summary>
    private static bool RunsImages(Service service) => service is not (DnsService or ExternalService or LoadBalancerService);

    private static IEnumerable<Problem> CheckSizes(Service service)
    {
        if (service.Metadata?.Text.Length > LargestMetadata) yield return new Problem("MaxLimitExceeded", "metadata", "metadata limit is 1MB");
        if (service.ScalePolicy is { Min: { } min, Max: { } max } && min > max) yield return new Problem("MaxLimitExceeded", "scalePolicy", "Min scale can't exceed scale");
        foreach (var problem in CheckScale("scale", service.Scale)) yield return problem;
    }

    /// <summary>What is wrong with a field that is a scale.</summary>
    public static IEnumerable<Problem> CheckScale(string field, long? scale) => UpgradePace.AtMost(field, scale, LargestScale);

    // References between launch configs must exist and lead nowhere in a circle (SVC-27).
    private static IEnumerable<Problem> CheckReferences(Service service)
    {
        if (service.LaunchConfig is not { } primary) yield break;
        var needs = service.SecondaryLaunchConfigs.Items
            .Select(s => (Name: s.Name ?? "", Needs: Needs(s.DataVolumesFromLaunchConfigs, s.NetworkLaunchConfig)))
            .Append((Name: service.Name ?? "", Needs: Needs(primary.DataVolumesFromLaunchConfigs, primary.NetworkLaunchConfig)))
            .GroupBy(x => x.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.First().Needs, StringComparer.OrdinalIgnoreCase);
        foreach (var missing in needs.Values.SelectMany(n => n).Where(name => !needs.ContainsKey(name)))
            yield return new Problem("InvalidReference", "dataVolumesFromLaunchConfigs", $"{missing} is no launch config of the service");
        var open = needs.Keys.ToList();
        while (open.Find(name => !needs[name].Exists(need => open.Contains(need, StringComparer.OrdinalIgnoreCase))) is { } free) open.Remove(free);
        if (open.Count > 0) yield return new Problem("InvalidReference", "CircularReference", $"{string.Join(", ", open)} need each other");
    }

    private static List<string> Needs(EquatableArray<string> volumes, string? network)
        => network is null ? [.. volumes.Items] : [.. volumes.Items, network];

    private static bool Taken(Snapshot view, Service service, long? own)
    {
        var names = Names(service).ToList();
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Count) return true;
        return AnyService.InStack(view, service.StackId ?? 0)
            .Where(other => other.Id != own && !other.IsRemoved && !other.Wanted.RemoveRequested)
            .Any(other => Names((Service)other.Wanted).Any(name => names.Contains(name, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>The names that a service takes in its stack: its own and its sidekicks'.</summary>
    public static IEnumerable<string> Names(Service service)
        => service.SecondaryLaunchConfigs.Items.Select(s => s.Name ?? "").Append(service.Name ?? "");
}

/// <summary>`activate`: its containers shall run.</summary>
internal sealed class ActivateService : IProcessRule
{
    public string Kind => "service";

    public string Action => "activate";

    public IEnumerable<Problem> Check(ActionDraft draft)
    {
        draft.Wanted = (Service)draft.Wanted with { Running = true };
        return [];
    }
}

/// <summary>`deactivate`: its containers shall rest, and are kept (SVC-37).</summary>
internal sealed class DeactivateService : IProcessRule
{
    public string Kind => "service";

    public string Action => "deactivate";

    public IEnumerable<Problem> Check(ActionDraft draft)
    {
        draft.Wanted = (Service)draft.Wanted with { Running = false };
        return [];
    }
}

/// <summary>`restart`: its units are restarted, a batch after the other (SVC-38).</summary>
internal sealed class RestartService : IProcessRule
{
    public string Kind => "service";

    public string Action => "restart";

    public IEnumerable<Problem> Check(ActionDraft draft)
    {
        if (draft.Input is not ServiceRestart { RollingRestartStrategy: { } strategy })
        {
            yield return new Problem("MissingRequired", "rollingRestartStrategy", "Restart strategy needs to be set");
            yield break;
        }

        var service = (Service)draft.Wanted;
        draft.Wanted = service with { RestartCount = service.RestartCount + 1, RestartBatch = strategy.BatchSize ?? 1 };
    }
}
