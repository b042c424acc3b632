using Drover.Client;
using Drover.Client.Resources;
using Drover.Model.Services;
using Drover.Model.Stacks;

namespace Drover.Cli.Verbs;

/// <summary>Ends the upgrade of a stack: the stack's own where it has one, else those of its services, which may be upgraded without it.</summary>
internal static class UpgradeEnd
{
    /// <summary>False where there is no upgrade to end.</summary>
    /// <param name="environment">Where the stack is.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="action">`finishupgrade` or `rollback`.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<bool> AskAsync(EnvironmentClient environment, ApiResource<Stack> stack, string action, CancellationToken cancellation)
    {
        if (stack.Actions.ContainsKey(action))
        {
            await environment.Stacks.ActAsync(stack.Id, action, cancellation: cancellation);
            return true;
        }

        var offering = (await ServicesAsync(environment, stack, cancellation)).FindAll(service => service.Actions.ContainsKey(action));
        foreach (var service in offering) await environment.Services.ActAsync(service.Id, action, cancellation: cancellation);
        return offering.Count > 0;
    }

    /// <summary>The services of a stack.</summary>
    public static async Task<List<ApiResource<Service>>> ServicesAsync(EnvironmentClient environment, ApiResource<Stack> stack, CancellationToken cancellation)
        => await environment.Services.ListAsync([("stackId", stack.Id), ("removed_null", "1")], cancellation).ToListAsync(cancellation);
}
