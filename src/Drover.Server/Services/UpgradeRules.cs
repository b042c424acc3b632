using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Agents;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Containers;
using Drover.Server.Environments;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>`upgrade`: other launch configs in place, or the scale moves to another service (UPG-01, UPG-10).</summary>
/// <param name="ids">Gives each upgrade the version that tells its containers from those before.</param>
internal sealed class UpgradeService(IdSource ids) : IProcessRule
{
    public string Kind => "service";

    public string Action => "upgrade";

    public IEnumerable<Problem> Check(ActionDraft draft)
    {
        var service = (Service)draft.Wanted;
        if (draft.Input is not ServiceUpgrade upgrade || upgrade is { InServiceStrategy: null, ToServiceStrategy: null })
            return [new Problem("MissingRequired", "inServiceStrategy", "Upgrade strategy needs to be set")];
        if (upgrade.InServiceStrategy is not { } inPlace) return CheckMove(draft, service, upgrade.ToServiceStrategy!);
        var problems = UpgradedConfigs.Check(service, inPlace).ToList();
        if (problems.Count > 0) return problems;
        var next = UpgradedConfigs.Apply(service, inPlace, ids.NewUuid().ToString());
        problems = [.. ServiceRules.CheckConfigs(draft.Tx.View, next)];
        if ((ContainerRole.Check(draft.Tx.View, next, draft.Caller) ?? PlatformGuard.Check(draft.Tx.View, next, draft.Caller)) is { } refused) problems.Add(refused);
        draft.Wanted = next;
        return problems;
    }

    private static IEnumerable<Problem> CheckMove(ActionDraft draft, Service service, ToServiceUpgradeStrategy strategy)
    {
        if (UpgradePace.Check(strategy.IntervalMillis).Concat(ServiceRules.CheckScale("finalScale", strategy.FinalScale)).FirstOrDefault() is { } wrong) return [wrong];
        if (strategy.ToServiceId is not { } id) return [new Problem("MissingRequired", "toServiceId")];
        if (draft.Tx.View.Find<Service>(id) is not { IsRemoved: false, Wanted: Service { RemoveRequested: false } to } entry || to.AccountId != service.AccountId || to.System != service.System || id == service.Id)
            return [new Problem("InvalidReference", "toServiceId")];
        if (IsGlobal(service) || IsGlobal(to)) return [new Problem("InvalidOption", "toServiceStrategy", "A service that runs on every host has no scale to move")];
        if (UpgradePhases.Of(to) != UpgradePhase.None || IsTakenOver(draft.Tx.View, entry)) return [new Problem("InvalidState", "toServiceId", $"{to.Name} is in an upgrade itself")];
        draft.Tx.Put(to with { ReplacesServiceId = service.Id });
        draft.Wanted = service with { Upgrade = new ServiceUpgrade { ToServiceStrategy = strategy with { FromScale = service.Scale, ToScale = to.Scale } } };
        return [];
    }

    // Another service moves to it already.
    private static bool IsTakenOver(Snapshot view, Entry to)
        => view.Get<Service>(((Service)to.Wanted).ReplacesServiceId) is { RemoveRequested: false, Upgrade.ToServiceStrategy: { } other } from
            && other.ToServiceId == to.Id && UpgradePhases.Of(from) != UpgradePhase.None;

    private static bool IsGlobal(Service service) => service.LaunchConfig?.Labels.IsTrue(ContainerLabels.Global) == true;
}

/// <summary>`rollback`: the launch configs from before the upgrade are wanted again (UPG-07).</summary>
internal sealed class RollbackService : IProcessRule
{
    public string Kind => "service";

    public string Action => "rollback";

    public IEnumerable<Problem> Check(ActionDraft draft)
    {
        draft.Wanted = UpgradedConfigs.Restored((Service)draft.Wanted);
        return [];
    }
}

/// <summary>Offers upgrades on services whose containers the platform keeps; the kinds that only hold data have none.</summary>
internal sealed class UpgradesOfServices : IActionFilter
{
    public string Kind => "service";

    public bool Offers(ApiCall call, Entry entry, string action)
        => entry.Kind.IsReconciled || action is not ("upgrade" or "rollback" or "finishupgrade" or "cancelupgrade" or "continueupgrade");
}
