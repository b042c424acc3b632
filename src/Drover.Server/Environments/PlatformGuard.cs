using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>Keeps what belongs to the platform from roles that may not act on infrastructure (ENV-18, ENV-20): stacks, services and containers marked as system's.</summary>
/// <param name="kind">The family that is guarded.</param>
public sealed class PlatformGuard(string kind) : IActionFilter, ICreateRule, IUpdateRule, IRemoveRule
{
    public string Kind => kind;

    public bool Offers(ApiCall call, Entry entry, string action)
        => !IsPlatforms(entry.Wanted) || (action == "logs" && kind == "instance") || Infrastructure.Admits(call.Snapshot, call.Caller.Role);

    /// <summary>What is put into a stack of the platform is the platform's too.</summary>
    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        if (draft.Wanted is not Service { StackId: { } stack } service || draft.Tx.View.Get<Stack>(stack) is not { System: true }) yield break;
        if (!Infrastructure.Admits(draft.Tx.View, draft.Caller.Role)) yield return Problem.Forbidden();
        draft.Wanted = service with { System = true };
    }

    public IEnumerable<Problem> Check(UpdateDraft draft) => Guard(draft.Tx.View, draft.Before, draft.Caller);

    public IEnumerable<Problem> Check(RemoveDraft draft) => Guard(draft.Tx.View, draft.Before, draft.Caller);

    private static IEnumerable<Problem> Guard(Snapshot view, Entry entry, Caller caller)
        => IsPlatforms(entry.Wanted) && !Infrastructure.Admits(view, caller.Role) ? [Problem.Forbidden()] : [];

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
