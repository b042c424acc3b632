using System.CommandLine;
using System.Globalization;

namespace Drover.Cli.Verbs;

/// <summary>`drover scale`: how many containers a service has.</summary>
internal sealed class ScaleVerb
{
    private readonly Argument<string[]> _scales = new("SERVICE=NUMBER") { Description = "Such as web=5 or shop/web=5", Arity = ArgumentArity.OneOrMore };
    private readonly Waiting _waiting = new();

    public static Command Create(CliContext context)
    {
        var scale = new ScaleVerb();
        return Verb.Create(context, "scale", "Change the scale of services and wait until it is reached", scale._scales, scale._waiting.Detach, scale._waiting.Timeout)
            .Run(scale.RunAsync);
    }

    private async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        var limit = _waiting.Limit(call);
        var wanted = call.Parsed.GetRequiredValue(_scales).Select(Parse).ToList();
        var changes = new List<(string Id, string Name, long Scale)>();
        foreach (var (name, scale) in wanted)
        {
            var service = await call.Lookup.ServiceAsync(name, cancellation);
            changes.Add((service.Id, service.Name, scale));
        }

        foreach (var (id, _, scale) in changes)
            await call.Environment.Services.UpdateAsync(id, service => service with { Scale = scale }, cancellation);
        foreach (var (id, name, scale) in changes)
        {
            var service = _waiting.IsWanted(call)
                ? await call.Environment.Services.WaitUntilSettledAsync(id, limit, cancellation)
                : await call.Environment.Services.GetAsync(id, cancellation);
            if (call.WantsJson) call.WriteJson(service.Json);
            else call.Out.WriteLine($"service {name} is {service.State} at scale {scale.ToString(CultureInfo.InvariantCulture)}");
        }

        return ExitCode.Done;
    }

    private static (string Name, long Scale) Parse(string text) =>
        text.LastIndexOf('=') is > 0 and var at && long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var scale)
            ? (text[..at], scale)
            : throw new UsageException($"'{text}' is not SERVICE=NUMBER, such as web=5");
}
