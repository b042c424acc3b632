using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Server.Api.Seams;
using Drover.Server.Services;
using Drover.Store;

namespace Drover.Server.Stacks;

/// <summary>`activateservices`: every service that rests shall run.</summary>
internal sealed class ActivateServices : IKindAction
{
    public string Kind => "stack";

    public string Action => "activateservices";

    public async Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
        => ActionOutcome.Of(await call.Store.WriteAsync(tx => EachService.Of(tx, call.Target.Id, ServiceMoves.Activate), cancel).ConfigureAwait(false));
}

/// <summary>`deactivateservices`: every service that runs shall rest.</summary>
internal sealed class DeactivateServices : IKindAction
{
    public string Kind => "stack";

    public string Action => "deactivateservices";

    public async Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
        => ActionOutcome.Of(await call.Store.WriteAsync(tx => EachService.Of(tx, call.Target.Id, ServiceMoves.Deactivate), cancel).ConfigureAwait(false));
}

/// <summary>`addoutputs`: adds to what the stack hands out.</summary>
internal sealed class AddOutputs : IKindAction
{
    public string Kind => "stack";

    public string Action => "addoutputs";

    public async Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        var outputs = (call.Input as AddOutputsInput)?.Outputs ?? default;
        var entry = await call.Store.WriteAsync(
            tx =>
            {
                var stack = tx.View.Get<Stack>(call.Target.Id) ?? throw new ProblemException(Problem.NotFound());
                if (outputs.Count > 0) tx.Put(stack with { Outputs = stack.Outputs.With(outputs.Items) });
                return tx.View.Find<Stack>(stack.Id)!;
            },
            cancel).ConfigureAwait(false);
        return ActionOutcome.Of(entry);
    }
}

/// <summary>Asks something of every service of a stack in one write.</summary>
internal static class EachService
{
    public static Entry Of(WriteTx tx, long stackId, Action<WriteTx, Entry> ask)
    {
        foreach (var service in AnyService.InStack(tx.View, stackId).ToList()) ask(tx, service);
        return tx.View.Find("stack", stackId) ?? throw new ProblemException(Problem.NotFound());
    }
}
