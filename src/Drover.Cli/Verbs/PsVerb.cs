using System.CommandLine;
using System.Globalization;
using Drover.Cli.Output;
using Drover.Client.Resources;
using Drover.Model.Containers;
using Drover.Model.Services;

namespace Drover.Cli.Verbs;

/// <summary>`drover ps`: what runs, and why something does not.</summary>
internal sealed class PsVerb
{
    private static readonly string[] ServiceColumns = ["ID", "NAME", "IMAGE", "STATE", "SCALE", "ENDPOINTS", "DETAIL"];
    private static readonly string[] ContainerColumns = ["ID", "NAME", "IMAGE", "STATE", "HOST", "ADDRESS", "DETAIL"];

    private readonly Argument<string?> _stack = new("STACK") { Description = "Only this stack", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _containers = new("--containers", "-c") { Description = "List containers instead of services" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print ids only" };

    public static Command Create(CliContext context)
    {
        var ps = new PsVerb();
        return Verb.Create(context, "ps", "List services, or containers, with their state and what they wait for", ps._stack, ps._containers, ps._quiet).Run(ps.RunAsync);
    }

    private async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        (string, string)[] filters = [("removed_null", "1")];
        if (call.Parsed.GetValue(_stack) is { } name)
        {
            var stack = await call.Lookup.StackAsync(name, cancellation) ?? throw new UsageException($"there is no stack {name} in {call.Environment.Name}");
            filters = [.. filters, ("stackId", stack.Id)];
        }

        if (call.Parsed.GetValue(_containers)) await ListContainersAsync(call, filters, cancellation);
        else await ListServicesAsync(call, filters, cancellation);
        return ExitCode.Done;
    }

    private async Task ListServicesAsync(VerbCall call, (string, string)[] filters, CancellationToken cancellation)
    {
        var services = await call.Environment.Services.ListAsync(filters, cancellation).ToListAsync(cancellation);
        if (call.WantsJson) call.WriteJson(services.Select(service => service.Json));
        else if (call.Parsed.GetValue(_quiet)) services.ForEach(service => call.Out.WriteLine(service.Id));
        else
        {
            var stacks = await call.Lookup.StackNamesAsync(cancellation);
            var now = call.Context.Time.GetUtcNow();
            TextTable.Write(call.Out, ServiceColumns, [.. services.Select(service => Row(service, stacks, now)).OrderBy(row => row[1], StringComparer.Ordinal)]);
        }
    }

    private async Task ListContainersAsync(VerbCall call, (string, string)[] filters, CancellationToken cancellation)
    {
        var containers = await call.Environment.Containers.ListAsync(filters, cancellation).ToListAsync(cancellation);
        if (call.WantsJson) call.WriteJson(containers.Select(container => container.Json));
        else if (call.Parsed.GetValue(_quiet)) containers.ForEach(container => call.Out.WriteLine(container.Id));
        else
        {
            var hosts = await call.Environment.Hosts.ListAsync(cancellation: cancellation)
                .ToDictionaryAsync(host => host.Id, host => host.Text("hostname") ?? host.Name, StringComparer.Ordinal, cancellation);
            var now = call.Context.Time.GetUtcNow();
            TextTable.Write(call.Out, ContainerColumns, [.. containers.Select(container => Row(container, hosts, now)).OrderBy(row => row[1], StringComparer.Ordinal)]);
        }
    }

    private static string?[] Row(ApiResource<Service> service, IReadOnlyDictionary<string, string> stacks, DateTimeOffset now)
    {
        var stack = stacks.GetValueOrDefault(service.Text("stackId") ?? "");
        var scale = service.Wanted.Scale.ToString(CultureInfo.InvariantCulture);
        var current = service.Seen<ServiceSeen>().CurrentScale;
        return
        [
            service.Id,
            stack is null ? service.Name : $"{stack}/{service.Name}",
            Image(service.Wanted.LaunchConfig?.Spec),
            ShownState.Of(service),
            current is null || current == service.Wanted.Scale ? scale : $"{current.Value.ToString(CultureInfo.InvariantCulture)}/{scale}",
            string.Join(" ", service.Wanted.PublicEndpoints.Select(endpoint => $"{endpoint.IpAddress}:{endpoint.Port}").Distinct()),
            Reasons.Of(service, now),
        ];
    }

    private static string?[] Row(ApiResource<Container> container, IReadOnlyDictionary<string, string> hosts, DateTimeOffset now) =>
    [
        container.Id,
        container.Name,
        Image(container.Wanted.Spec),
        ShownState.Of(container),
        hosts.GetValueOrDefault(container.Text("hostId") ?? ""),
        container.Wanted.PrimaryIpAddress,
        Reasons.Of(container, now),
    ];

    private static string? Image(ContainerSpec? spec) =>
        spec?.ImageUuid is { } image && image.StartsWith("docker:", StringComparison.Ordinal) ? image["docker:".Length..] : spec?.ImageUuid;
}
