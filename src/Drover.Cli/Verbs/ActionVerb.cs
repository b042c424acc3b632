using System.CommandLine;
using Drover.Cli.Lookup;

namespace Drover.Cli.Verbs;

/// <summary>Asks objects of any kind for the first of several actions that they offer, and waits for it.</summary>
internal sealed class ActionVerb(string name, string done, IReadOnlyList<string> actions, IReadOnlyList<string> alreadyDone)
{
    private readonly Argument<string[]> _names = new("NAME") { Description = "Stacks, services (stack/service), containers, hosts, or ids", Arity = ArgumentArity.OneOrMore };
    private readonly Waiting _waiting = new();

    public Command Create(CliContext context, string description) =>
        Verb.Create(context, name, description, _names, _waiting.Detach, _waiting.Timeout).Run(RunAsync);

    private async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        var limit = _waiting.Limit(call);
        var objects = new List<FoundObject>();
        foreach (var wanted in call.Parsed.GetRequiredValue(_names)) objects.Add(await call.Lookup.FindAsync(wanted, cancellation));
        var code = ExitCode.Done;
        foreach (var found in objects)
        {
            if (actions.FirstOrDefault(found.Offers) is { } action) await found.ActAsync(action, cancellation);
            else if (!alreadyDone.Contains(found.State))
            {
                call.Error.WriteLine($"drover: {found} is {found.State} and cannot be {done}");
                code = ExitCode.Failed;
            }
        }

        if (code == ExitCode.Done) await ReportAsync(call, objects, limit, cancellation);
        return code;
    }

    private async Task ReportAsync(VerbCall call, List<FoundObject> objects, TimeSpan limit, CancellationToken cancellation)
    {
        foreach (var found in objects)
        {
            var now = _waiting.IsWanted(call) ? await found.SettledAsync(limit, cancellation) : found;
            if (call.WantsJson && now is not null) call.WriteJson(now.Json);
            else if (!call.WantsJson) call.Out.WriteLine($"{found} is {(_waiting.IsWanted(call) ? now?.State ?? "gone" : $"being {done}")}");
        }
    }
}
