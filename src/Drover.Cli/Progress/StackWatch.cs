using Drover.Client;
using Drover.Client.Waiting;

namespace Drover.Cli.Progress;

/// <summary>Follows a stack until it is done.</summary>
internal static class StackWatch
{
    /// <summary>Many changes come at once while containers start; looking again for each would slow the server down.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Throws <see cref="WaitTimeoutException"/> when it takes longer than <paramref name="limit"/>.</summary>
    public static async Task<StackProgress> UntilDoneAsync(
        EnvironmentClient environment, string stackId, TimeSpan limit, TimeProvider time, Action<StackProgress> show, CancellationToken cancellation)
    {
        var deadline = time.GetUtcNow() + limit;
        await using var signal = environment.Listen();
        while (true)
        {
            var progress = await LookAsync(environment, stackId, time, cancellation);
            show(progress);
            if (progress.Done || progress.Failed) return progress;
            var left = deadline - time.GetUtcNow();
            if (left <= TimeSpan.Zero) throw TimedOut(progress, limit);
            await Task.Delay(Pause, time, cancellation);
            await signal.NextAsync(left, cancellation);
        }
    }

    private static async Task<StackProgress> LookAsync(EnvironmentClient environment, string stackId, TimeProvider time, CancellationToken cancellation)
    {
        (string, string)[] ofStack = [("stackId", stackId), ("removed_null", "1")];
        var stack = await environment.Stacks.GetAsync(stackId, cancellation);
        var services = await environment.Services.ListAsync(ofStack, cancellation).ToListAsync(cancellation);
        var containers = await environment.Containers.ListAsync(ofStack, cancellation).ToListAsync(cancellation);
        return StackProgress.Of(stack, services, containers, time.GetUtcNow());
    }

    private static WaitTimeoutException TimedOut(StackProgress progress, TimeSpan limit)
    {
        var open = progress.Services.Where(service => !service.Done).Select(service => $"{service.Name} is {service.State}{(service.Reason is null ? "" : $" ({service.Reason})")}");
        return new WaitTimeoutException($"stack {progress.Name}", progress.State, string.Join("; ", open.Prepend(progress.Reason).OfType<string>()), limit);
    }
}
