using System.CommandLine;
using System.Globalization;
using Drover.Cli.Lookup;
using Drover.Cli.Output;
using Drover.Client.Resources;
using Drover.Model.ServiceLogs;
using Drover.Model.Services;
using Drover.Model.Streams;

namespace Drover.Cli.Verbs;

/// <summary>`drover logs`: what containers write, and what Drover did for services.</summary>
internal sealed class LogsVerb
{
    private readonly Argument<string?> _name = new("NAME") { Description = "A container, or a service: all its containers. Without a name, what happened to services", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _service = new("--service") { Description = "What happened to the service, and not the output of its containers" };
    private readonly Option<int> _lines = new("--tail", "--lines", "-n") { Description = "The newest lines only", DefaultValueFactory = _ => 100, HelpName = "NUMBER" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with what comes until interrupted" };
    private readonly Option<string?> _since = new("--since") { Description = "Nothing older: a time (2026-01-31T12:00:00Z), seconds since 1970, or how long ago (10m)", HelpName = "TIME" };
    private readonly Option<bool> _timestamps = new("--timestamps", "-t") { Description = "Begin each line with its time" };

    public static Command Create(CliContext context)
    {
        var logs = new LogsVerb();
        return Verb.Create(context, "logs", "Show what containers write", logs._name, logs._service, logs._lines, logs._follow, logs._since, logs._timestamps)
            .Run(logs.RunAsync);
    }

    private async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        var lines = call.Parsed.GetValue(_lines);
        if (lines < 0) throw new UsageException("--tail takes a number of 0 or more");
        var found = call.Parsed.GetValue(_name) is { } name ? await call.Lookup.FindAsync(name, cancellation) : null;
        if (found is null || call.Parsed.GetValue(_service)) return await ServiceLogAsync(call, found, lines, cancellation);
        var containers = await ContainersOf.AllAsync(call.Environment, found, cancellation);
        if (containers.Count == 0) throw new UsageException($"{found} has no container yet");
        using var output = new OutputOfContainers(call, new ContainerLogs
        {
            Follow = call.Parsed.GetValue(_follow),
            Lines = lines,
            Since = call.Parsed.GetValue(_since),
            Timestamps = call.Parsed.GetValue(_timestamps),
        });
        return await output.PrintAsync(containers, cancellation);
    }

    private async Task<int> ServiceLogAsync(VerbCall call, FoundObject? found, int lines, CancellationToken cancellation)
    {
        var service = found as FoundObject<Service>;
        if (found is not null && service is null) throw new UsageException($"{found} is no service");
        await using var signal = call.Parsed.GetValue(_follow) ? call.Environment.Listen() : null;
        var shown = new HashSet<string>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            await foreach (var entry in NewestAsync(call, service?.Id, lines, cancellation))
                if (shown.Add(entry.Id))
                    await PrintAsync(call, entry, names, cancellation);
            if (signal is null) return ExitCode.Done;
            await signal.NextAsync(TimeSpan.FromSeconds(30), cancellation);
        }
    }

    private static async IAsyncEnumerable<ApiResource<ServiceLog>> NewestAsync(
        VerbCall call, string? service, int lines, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        List<(string, string)> filters = [("sort", "id"), ("order", "desc")];
        if (service is not null) filters.Add(("serviceId", service));
        var entries = await call.Environment.ServiceLogs.ListAsync(filters, cancellation).Take(lines).ToListAsync(cancellation);
        entries.Reverse();
        foreach (var entry in entries) yield return entry;
    }

    private static async Task PrintAsync(VerbCall call, ApiResource<ServiceLog> entry, Dictionary<string, string> names, CancellationToken cancellation)
    {
        if (call.WantsJson)
        {
            call.WriteJson(entry.Json);
            return;
        }

        var service = entry.Text("serviceId") ?? "";
        if (!names.TryGetValue(service, out var name))
            names[service] = name = service.Length > 0 && await call.Environment.Services.FindAsync(service, cancellation) is { } found ? found.Name : service;
        var time = entry.Wanted.Created?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        call.Out.WriteLine(Printable.Of($"{time} {name} {entry.Wanted.Level ?? "info"} {entry.Wanted.EventType}{(entry.Wanted.Description is { } text ? $": {text}" : "")}"));
    }
}
