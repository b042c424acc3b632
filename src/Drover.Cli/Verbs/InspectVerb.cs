using System.CommandLine;

namespace Drover.Cli.Verbs;

/// <summary>`drover inspect`: everything the API says of an object.</summary>
internal sealed class InspectVerb
{
    private readonly Argument<string[]> _names = new("NAME") { Description = "Stacks, services (stack/service), containers, hosts, volumes, or ids", Arity = ArgumentArity.OneOrMore };

    public static Command Create(CliContext context)
    {
        var inspect = new InspectVerb();
        return Verb.Create(context, "inspect", "Print objects as JSON", inspect._names).Run(inspect.RunAsync);
    }

    private async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        foreach (var name in call.Parsed.GetRequiredValue(_names)) call.WriteJson((await call.Lookup.FindAsync(name, cancellation)).Json);
        return ExitCode.Done;
    }
}
