using System.CommandLine;
using System.Globalization;
using Drover.Cli.Lookup;
using Drover.Cli.Output;
using Drover.Client.Resources;
using Drover.Model.ServiceLogs;
using Drover.Model.Services;

namespace Drover.Cli.Verbs;

/// <summary>`drover logs`: what Drover did for a service. The output of containers is not collected by the server.</summary>
internal sealed class LogsVerb
{
    private readonly Argument<string?> _service = new("SERVICE") { Description = "Only this service", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int> _lines = new("--lines", "-n") { Description = "The newest entries only", DefaultValueFactory = _ => 100, HelpName = "NUMBER" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with new entries until interrupted" };

    public static Command Create(CliContext context)
    {
        var logs = new LogsVerb();
        return Verb.Create(context, "logs", "Show what happened to services (the log of the service, not the output of its containers)", logs._service, logs._lines, logs._follow)
            .Run(logs.RunAsync);
    }

    private async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        var lines = call.Parsed.GetValue(_lines);
        if (lines < 1) throw new UsageException("--lines takes a number above 0");
        var service = call.Parsed.GetValue(_service) is { } name ? await ServiceAsync(call, name, cancellation) : null;
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

    private static async Task<FoundObject<Service>> ServiceAsync(VerbCall call, string name, CancellationToken cancellation) =>
        await call.Lookup.FindAsync(name, cancellation) switch
        {
            FoundObject<Service> service => service,
            { Type: "container" } container => throw new UsageException(
                $"the output of containers is not collected by the server: on its host, docker logs {container.Json.GetProperty("externalId").GetString() ?? container.Name}"),
            var other => throw new UsageException($"{other} is no service"),
        };

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
