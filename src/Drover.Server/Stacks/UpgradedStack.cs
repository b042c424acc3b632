using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Compose;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Server.Api.Calls;
using Drover.Server.Services;
using Drover.Store;
using ServiceLinks = Drover.Server.Services.ServiceLinks;

namespace Drover.Server.Stacks;

/// <summary>Brings the services of a stack to other compose files, in the write that changes the stack. The scale of a service that is there stays as it is.</summary>
/// <param name="composed">Makes what is new.</param>
/// <param name="ids">Gives each upgrade its version.</param>
internal sealed class UpgradedStack(ComposedStack composed, IdSource ids)
{
    /// <summary>Upgrades what changed and makes what is new, or throws a problem that names the service.</summary>
    public void Apply(WriteTx tx, Stack stack, ComposeModel model, Caller caller)
    {
        var added = model.Services.Where(s => ServiceLinks.InStack(tx.View, stack.Id, s.Name) is null).ToList();
        foreach (var service in model.Services.Except(added)) Apply(tx, stack, service, caller);
        composed.Create(tx, stack with { StartOnCreate = true }, model with { Services = added }, caller);
    }

    private void Apply(WriteTx tx, Stack stack, ComposedService source, Caller caller)
    {
        var there = ServiceLinks.InStack(tx.View, stack.Id, source.Name)!;
        var (before, wanted) = ((Service)there.Wanted, composed.Bound(tx, stack, source, caller));
        if (there.Kind.Name != source.Kind) throw ComposedStack.Wrong(source, $"it is a {there.Kind.Name}, and a {source.Kind} cannot take its place");
        var links = before with { Metadata = wanted.Metadata, Links = default, OpenLinks = wanted.OpenLinks };
        var next = ServiceLinks.Resolved(tx.View, links);
        if (next != before) tx.Put(next);
        if (Changed(before, wanted) is not { } strategy) return;
        var entry = tx.View.Find(there.Kind.Family, there.Id)!;
        if (!entry.Kind.IsReconciled || entry.Kind.Lifecycle!.Ask("upgrade", entry.State) is null) throw ComposedStack.Wrong(source, $"it is {entry.State} and cannot be upgraded now");
        if (UpgradedConfigs.Check(before, strategy).FirstOrDefault() is { } problem) throw ComposedStack.Wrong(source, problem.Message ?? problem.Code);
        ComposedStack.CheckCaller(tx.View, source, wanted with { System = before.System }, caller);
        var (paced, version) = (Paced(strategy, source.UpgradeStrategy), ids.NewUuid().ToString());
        if (ServiceRules.CheckConfigs(tx.View, UpgradedConfigs.Apply(next, paced, version)).FirstOrDefault() is { } wrong) throw ComposedStack.Wrong(source, $"{wrong.Field}: {wrong.Message ?? wrong.Code}");
        ServiceMoves.Upgrade(tx, entry, paced, version);
    }

    /// <summary>The launch configs that differ, and those of sidekicks that are gone; null where none does.</summary>
    private static InServiceUpgradeStrategy? Changed(Service before, Service wanted)
    {
        var sidekicks = before.SecondaryLaunchConfigs.Items.ToDictionary(s => s.Name!, StringComparer.OrdinalIgnoreCase);
        var names = wanted.SecondaryLaunchConfigs.Items.Select(s => s.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var changed = wanted.SecondaryLaunchConfigs.Items.Where(s => !sidekicks.TryGetValue(s.Name!, out var old) || s with { Version = old.Version } != old)
            .Concat(sidekicks.Values.Where(s => !names.Contains(s.Name!)).Select(s => s with { Spec = s.Spec with { ImageUuid = Launch.NoImage } }))
            .ToEquatableArray();
        var primary = wanted.LaunchConfig is { } next && next with { Version = before.LaunchConfig?.Version } != before.LaunchConfig ? next : null;
        return primary is null && changed.Count == 0 ? null : new InServiceUpgradeStrategy { BatchSize = 1, IntervalMillis = 2000, LaunchConfig = primary, SecondaryLaunchConfigs = changed };
    }

    // `upgrade_strategy` of rancher-compose.yml (UPG-13).
    private static InServiceUpgradeStrategy Paced(InServiceUpgradeStrategy strategy, JsonObject? file) => strategy with
    {
        BatchSize = Number(file, "batchSize") ?? strategy.BatchSize,
        IntervalMillis = Number(file, "intervalMillis") ?? strategy.IntervalMillis,
        StartFirst = file?["startFirst"]?.GetValueKind() == JsonValueKind.True,
    };

    private static long? Number(JsonObject? file, string name)
        => file?[name] is JsonValue value && long.TryParse(value.ToString(), out var number) && number > 0 ? number : null;
}
