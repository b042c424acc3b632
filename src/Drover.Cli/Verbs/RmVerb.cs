using System.CommandLine;
using System.Net;
using Drover.Cli.Lookup;
using Drover.Client;

namespace Drover.Cli.Verbs;

/// <summary>`drover rm`: removes things for good.</summary>
internal sealed class RmVerb
{
    private static readonly string[] StopActions = ["stop", "deactivate"];

    private readonly Argument<string[]> _names = new("NAME") { Description = "Stacks, services (stack/service), containers, hosts, volumes, or ids", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _stop = new("--stop", "-s") { Description = "Stop first what must be stopped before it can be removed" };
    private readonly Waiting _waiting = new();

    public static Command Create(CliContext context)
    {
        var rm = new RmVerb();
        return Verb.Create(context, "rm", "Remove stacks, services, containers, hosts or volumes and wait until they are gone",
            rm._names, rm._stop, rm._waiting.Detach, rm._waiting.Timeout).Run(rm.RunAsync);
    }

    private async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        var limit = _waiting.Limit(call);
        var objects = new List<FoundObject>();
        foreach (var name in call.Parsed.GetRequiredValue(_names)) objects.Add(await call.Lookup.FindAsync(name, cancellation));
        foreach (var found in objects) await RemoveAsync(call, found, limit, cancellation);
        foreach (var found in objects)
        {
            var left = _waiting.IsWanted(call) ? await found.SettledAsync(limit, cancellation) : null;
            if (left is not null)
            {
                call.Error.WriteLine($"drover: {found} is {left.State}, not gone");
                return ExitCode.Failed;
            }

            if (call.WantsJson) call.WriteJson(found.Json);
            else call.Out.WriteLine($"{found} is {(_waiting.IsWanted(call) ? "gone" : "being removed")}");
        }

        return ExitCode.Done;
    }

    private async Task RemoveAsync(VerbCall call, FoundObject found, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await found.DeleteAsync(cancellation);
        }
        catch (ApiException refused) when (refused.Status == HttpStatusCode.MethodNotAllowed)
        {
            var action = Array.Find(StopActions, found.Offers);
            if (action is null) throw;
            if (!call.Parsed.GetValue(_stop)) throw new UsageException($"{found} is {found.State}: stop it first, or add --stop");
            await found.ActAsync(action, cancellation);
            await found.SettledAsync(limit, cancellation);
            await found.DeleteAsync(cancellation);
        }
    }
}
