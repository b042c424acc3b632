using System.Text.Json.Nodes;
using Drover.Cli.Files;
using Drover.Client.Actions;
using Drover.Client.Resources;
using Drover.Compose;
using Drover.Model.Services;
using Drover.Model.Stacks;

namespace Drover.Cli.Verbs;

/// <summary>Brings a stack that is there to other files: what changed is upgraded only where that is asked for (UPG-12), and each service's lot is told.</summary>
internal sealed class StackUpgrader(VerbCall call, Upgrading options, TimeSpan limit)
{
    private const string Upgraded = "upgraded";

    /// <summary>The stack as it is then; null where an image cannot be pulled, which is told.</summary>
    public async Task<ApiResource<Stack>?> RunAsync(ApiResource<Stack> stack, StackFiles files, CancellationToken cancellation)
    {
        var there = await UpgradeEnd.ServicesAsync(call.Environment, stack, cancellation);
        var changes = StackChanges.Of(stack.Wanted, [.. there.Select(service => service.Name)], files);
        if (!options.IsWanted(call)) return await WithoutUpgradeAsync(stack, files, changes, cancellation);
        IReadOnlyList<ComposedService> forced = call.Parsed.GetValue(options.Force) ? [.. changes.Same.Where(IsMadeOfContainers)] : [];
        if (changes.IsNothing && forced.Count == 0) return await StartedAsync(stack, cancellation);
        if (call.Parsed.GetValue(options.Pull) && !await ImagePulls.RunAsync(call, changes.Changed.Concat(forced), limit, cancellation)) return null;
        if (changes.Changed.Count + forced.Count > 0) stack = await FinishedAsync(stack, there, cancellation);
        if (!changes.IsNothing) stack = await ChangedAsync(stack, files, changes, cancellation);
        foreach (var service in forced) await ForceAsync(there.Single(one => Named(one.Name, service)), service, cancellation);
        foreach (var service in changes.Same.Except(forced)) Tell(service.Name, "is as it is described");
        return await call.Environment.Stacks.GetAsync(stack.Id, cancellation);
    }

    private async Task<ApiResource<Stack>> WithoutUpgradeAsync(ApiResource<Stack> stack, StackFiles files, StackChanges changes, CancellationToken cancellation)
    {
        if (changes.Changed.Count == 0 && !changes.IsNothing) return await ChangedAsync(stack, files, changes, cancellation);
        foreach (var service in changes.Changed) Tell(service.Name, "has changed in the files and stays as it is: --upgrade upgrades it");
        if (changes.Changed.Count > 0)
            foreach (var service in changes.New)
                Tell(service.Name, "is new in the files: it is made together with the upgrade");
        return await StartedAsync(stack, cancellation);
    }

    private async Task<ApiResource<Stack>> StartedAsync(ApiResource<Stack> stack, CancellationToken cancellation)
        => stack.Actions.ContainsKey("activateservices")
            ? await call.Environment.Stacks.ActAsync(stack.Id, "activateservices", cancellation: cancellation)
            : stack;

    /// <summary>An upgrade that waits for its end is finished before the next (UPG-15).</summary>
    private async Task<ApiResource<Stack>> FinishedAsync(ApiResource<Stack> stack, IReadOnlyList<ApiResource<Service>> there, CancellationToken cancellation)
    {
        if (stack.State != Upgraded && there.All(service => service.State != Upgraded)) return stack;
        if (!await UpgradeEnd.AskAsync(call.Environment, stack, "finishupgrade", cancellation)) return stack;
        call.Error.WriteLine($"stack {stack.Name}: finishing the upgrade before");
        foreach (var service in there.Where(service => service.State == Upgraded))
            await call.Environment.Services.WaitUntilAsync(service.Id, now => now.State != Upgraded && !now.IsTransitioning, limit, cancellation);
        return await call.Environment.Stacks.WaitUntilAsync(stack.Id, now => now.State != Upgraded && !now.IsTransitioning, limit, cancellation);
    }

    private async Task<ApiResource<Stack>> ChangedAsync(ApiResource<Stack> stack, StackFiles files, StackChanges changes, CancellationToken cancellation)
    {
        if (!stack.Actions.ContainsKey("upgrade"))
            throw new UsageException($"stack {stack.Name} is there with other files and is {stack.State}; it cannot be changed to these now. Choose another name with --stack, or drover rm {stack.Name} first");
        var paced = changes.Changed.Count == 0 ? files.RancherCompose : options.Paced(call, files.RancherCompose, [.. changes.Changed.Where(IsMadeOfContainers).Select(service => service.Name)]);
        var after = await call.Environment.Stacks.ActAsync(stack.Id, "upgrade", Input(files with { RancherCompose = paced }), cancellation);
        foreach (var service in changes.Changed) Tell(service.Name, "has changed and is upgraded");
        foreach (var service in changes.New) Tell(service.Name, "is new and is made");
        foreach (var name in changes.Gone) Tell(name, "is in no file any more and stays as it is");
        return after;
    }

    private async Task ForceAsync(ApiResource<Service> service, ComposedService described, CancellationToken cancellation)
    {
        var pace = options.Pace(call);
        await call.Environment.Services.UpgradeAsync(
            service.Id,
            new ServiceUpgrade
            {
                InServiceStrategy = new InServiceUpgradeStrategy
                {
                    LaunchConfig = service.Wanted.LaunchConfig,
                    SecondaryLaunchConfigs = service.Wanted.SecondaryLaunchConfigs,
                    BatchSize = options.BatchSizeGiven(call) ?? Number(described, "batchSize") ?? pace.BatchSize,
                    IntervalMillis = options.IntervalGiven(call) ?? Number(described, "intervalMillis") ?? pace.IntervalMillis,
                    StartFirst = described.UpgradeStrategy?["startFirst"]?.GetValue<bool>() ?? false,
                },
            },
            cancellation);
        Tell(service.Name, "has not changed and is upgraded all the same");
    }

    private static long? Number(ComposedService service, string name)
        => service.UpgradeStrategy?[name] is { } number && long.TryParse(number.ToString(), out var value) ? value : null;

    private static bool IsMadeOfContainers(ComposedService service) => service.Body["launchConfig"] is JsonObject;

    private static bool Named(string name, ComposedService service) => string.Equals(name, service.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Beside the result, which is alone on standard output.</summary>
    private void Tell(string service, string lot) => call.Error.WriteLine($"service {service} {lot}");

    private static JsonObject Input(StackFiles files) => new()
    {
        ["dockerCompose"] = files.DockerCompose,
        ["rancherCompose"] = files.RancherCompose,
        ["environment"] = new JsonObject(files.Answers.Select(answer => KeyValuePair.Create(answer.Key, (JsonNode?)answer.Value))),
    };
}
