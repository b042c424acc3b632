using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>Keeps what belongs to the platform from roles that may not act on infrastructure (ENV-18, ENV-20): stacks, services and containers marked as system's.</summary>
/// <param name="kind">The family that is guarded.</param>
public sealed class PlatformGuard(string kind) : IActionFilter, ICreateRule, IUpdateRule, IRemoveRule
{
    public string Kind => kind;

    public bool Offers(ApiCall call, Entry entry, string action)
        => !IsPlatforms(entry.Wanted) || (action == "logs" && kind == "instance") || Infrastructure.Admits(call.Snapshot, call.Caller.Role);

    /// <summary>What is put into a stack of the platform is the platform's too; nothing is put beside its containers by who may not act on it.</summary>
    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        var view = draft.Tx.View;
        var isInside = draft.Wanted is Service { StackId: { } of } && IsPlatforms(view, of) || draft.Wanted is Container { StackId: { } at } && IsPlatforms(view, at);
        if (isInside && !Infrastructure.Admits(view, draft.Caller.Role)) yield return Problem.Forbidden();
        else if (Check(view, draft.Wanted, draft.Caller) is { } refused) yield return refused;
        if (isInside && draft.Wanted is Service service) draft.Wanted = service with { System = true };
    }

    /// <summary>Why the caller may not have these containers: they would share the network or the volumes of one of the platform's. Asked wherever launch configs come in.</summary>
    /// <param name="view">Holds the containers and the settings.</param>
    /// <param name="wanted">A container or service.</param>
    /// <param name="caller">Who asks.</param>
    public static Problem? Check(Snapshot view, Resource wanted, Caller caller)
        => SpecsOf(wanted).Any(spec => Joins(view, spec)) && !Infrastructure.Admits(view, caller.Role) ? Problem.Forbidden("A container beside one of the platform's is for roles that may act on infrastructure") : null;

    public IEnumerable<Problem> Check(UpdateDraft draft) => Guard(draft.Tx.View, draft.Before, draft.Caller);

    public IEnumerable<Problem> Check(RemoveDraft draft) => Guard(draft.Tx.View, draft.Before, draft.Caller);

    private static IEnumerable<Problem> Guard(Snapshot view, Entry entry, Caller caller)
        => IsPlatforms(entry.Wanted) && !Infrastructure.Admits(view, caller.Role) ? [Problem.Forbidden()] : [];

    private static bool IsPlatforms(Snapshot view, long stack) => view.Get<Stack>(stack) is { System: true };

    private static IEnumerable<ContainerSpec> SpecsOf(Resource wanted) => wanted switch
    {
        Container container => [container.Spec],
        Service service => service.SecondaryLaunchConfigs.Items.Select(sidekick => sidekick.Spec).Concat(service.LaunchConfig is { } primary ? [primary.Spec] : []),
        _ => [],
    };

    /// <summary>True where the network or the volumes are those of a container of the platform, or of one that holds keys.</summary>
    private static bool Joins(Snapshot view, ContainerSpec spec)
        => spec.DataVolumesFrom.Items.Concat(spec.NetworkContainerId is { } network ? [network] : [])
            .Any(id => view.Get<Container>(id) is { } other && (other.System || other.Labels.IsTrue(ContainerLabels.CreateAgent)));

    private static bool IsPlatforms(Resource wanted) => wanted is Stack { System: true } or Service { System: true } or Container { System: true };
}

/// <summary>Hosts and machines are for roles that may act on infrastructure.</summary>
/// <param name="kind">The family that is guarded.</param>
public sealed class HostGuard(string kind) : IActionFilter, ICreateRule, IUpdateRule, IRemoveRule
{
    public string Kind => kind;

    public bool Offers(ApiCall call, Entry entry, string action) => Infrastructure.Admits(call.Snapshot, call.Caller.Role);

    public IEnumerable<Problem> Check(CreateDraft draft) => Guard(draft);

    public IEnumerable<Problem> Check(UpdateDraft draft) => Guard(draft);

    public IEnumerable<Problem> Check(RemoveDraft draft) => Guard(draft);

    private static IEnumerable<Problem> Guard(Draft draft) => Infrastructure.Admits(draft.Tx.View, draft.Caller.Role) ? [] : [Problem.Forbidden()];
}
