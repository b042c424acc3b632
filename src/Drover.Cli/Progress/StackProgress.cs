using Drover.Cli.Output;
using Drover.Client.Resources;
using Drover.Model.Containers;
using Drover.Model.Services;
using Drover.Model.Stacks;

namespace Drover.Cli.Progress;

/// <summary>How far a stack is.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="State">Its state.</param>
/// <param name="Done">True where nothing is left to wait for.</param>
/// <param name="Failed">True where the server has given up.</param>
/// <param name="Reason">What the stack itself waits for or failed with.</param>
/// <param name="Services">Its services, by name.</param>
internal sealed record StackProgress(string Name, string State, bool Done, bool Failed, string? Reason, IReadOnlyList<ServiceProgress> Services)
{
    public static StackProgress Of(
        ApiResource<Stack> stack, IEnumerable<ApiResource<Service>> services, IReadOnlyList<ApiResource<Container>> containers, DateTimeOffset now)
    {
        var all = services.OrderBy(service => service.Name, StringComparer.Ordinal).Select(service => ServiceProgress.Of(service, containers, now)).ToList();
        return new StackProgress(
            stack.Name,
            stack.State ?? "",
            !stack.IsTransitioning && !stack.HasFailed && all.TrueForAll(service => service.Done),
            (stack.HasFailed && stack.Why?.NextTry is null) || stack.State is "error" or "removed",
            Reasons.Of(stack, now),
            all);
    }
}
