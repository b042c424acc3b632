using Drover.Compose;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Services;
using Drover.Store;

namespace Drover.Server.Stacks;

/// <summary>`upgrade` of a stack: other compose files; what changed in them is upgraded, what is new is made, what is gone from them stays (UPG-14).</summary>
internal sealed class UpgradeStack(UpgradedStack upgraded) : IKindAction
{
    public string Kind => "stack";

    public string Action => "upgrade";

    public async Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        var input = call.Input as StackUpgrade ?? new StackUpgrade();
        var before = (Stack)call.Target.Wanted;
        var answers = input.Environment.Count > 0 ? input.Environment : before.Environment;
        if (StackRules.Read(call.Body, answers.Items) is not { } model) throw new ProblemException(new Problem("MissingRequired", "dockerCompose"));
        var entry = await call.Store.WriteAsync(tx => Write(tx, call, input with { Environment = answers }, model), cancel).ConfigureAwait(false);
        return ActionOutcome.Of(entry) with { Status = 202 };
    }

    private Entry Write(WriteTx tx, ActionCall call, StackUpgrade input, ComposeModel model)
    {
        var stack = tx.View.Get<Stack>(call.Target.Id) ?? throw new ProblemException(Problem.NotFound());
        var next = tx.Ask(
            stack with
            {
                DockerCompose = input.DockerCompose,
                RancherCompose = input.RancherCompose,
                Environment = input.Environment,
                ExternalId = input.ExternalId ?? stack.ExternalId,
                PreviousDockerCompose = stack.DockerCompose,
                PreviousRancherCompose = stack.RancherCompose,
                PreviousEnvironment = stack.Environment,
                PreviousExternalId = stack.ExternalId,
            },
            "upgrade");
        upgraded.Apply(tx, next, model, call.Call.Caller);
        return tx.View.Find<Stack>(stack.Id)!;
    }
}

/// <summary>What the other actions of a stack's upgrade ask of each of its services that offers it, and of the stack itself.</summary>
/// <param name="action">"finishupgrade", "rollback" or "cancelupgrade".</param>
/// <param name="each">What is asked of each service.</param>
/// <param name="itself">What changes of the stack.</param>
internal sealed class EndOfStackUpgrade(string action, Action<WriteTx, Entry> each, Func<Stack, Stack> itself) : IProcessRule
{
    public string Kind => "stack";

    public string Action => action;

    public static IEnumerable<IKindPiece> All =>
    [
        new EndOfStackUpgrade("finishupgrade", ServiceMoves.FinishUpgrade, stack => stack),
        new EndOfStackUpgrade("cancelupgrade", ServiceMoves.CancelUpgrade, stack => stack),
        new EndOfStackUpgrade("rollback", ServiceMoves.Rollback, Restored),
    ];

    public IEnumerable<Problem> Check(ActionDraft draft)
    {
        draft.Wanted = itself((Stack)draft.Wanted);
        EachService.Of(draft.Tx, draft.Before.Id, each);
        return [];
    }

    private static Stack Restored(Stack stack) => stack.PreviousDockerCompose is null ? stack : stack with
    {
        DockerCompose = stack.PreviousDockerCompose,
        RancherCompose = stack.PreviousRancherCompose,
        Environment = stack.PreviousEnvironment,
        ExternalId = stack.PreviousExternalId,
    };
}

/// <summary>Hides an action that no stack here needs: stacks do not fail.</summary>
internal sealed class NoStackErrors : IActionFilter
{
    public string Kind => "stack";

    public bool Offers(ApiCall call, Entry entry, string action) => action is not "error" && (entry.Kind.IsReconciled || action is not ("upgrade" or "rollback" or "finishupgrade" or "cancelupgrade"));
}
