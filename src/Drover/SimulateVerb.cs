using System.CommandLine;
using Drover.Agent;
using Drover.Server;
using Drover.Simulator.Load;
using Microsoft.Extensions.Logging;

namespace Drover;

/// <summary>`drover simulate`: hosts that are not there, on a server that is, until the process is asked to end.</summary>
internal static class SimulateVerb
{
    private const string Usage = "drover simulate --url URL [--token TOKEN | --token-file FILE] [--hosts N] [--prefix NAME] [--seed N] [--behaviour FILE]";

    public static Command Create()
    {
        // It takes the server and the token as an agent does.
        var command = new Command("simulate", $"Give a server hosts that are not there, to try things out and to measure: {Usage}") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.UnmatchedTokens, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellation)
    {
        using var loggers = LoggerFactory.Create(log => log
            .AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("Drover.Simulator", LogLevel.Information));
        try
        {
            var options = SimulateOptions.Parse(args, Environment.GetEnvironmentVariable);
            var around = new AgentSurroundings
            {
                Time = TimeProvider.System,
                Jitter = new Random(options.Seed),
                NewUuid = () => IdSource.System.NewUuid().ToString(),
                Loggers = loggers,
            };
            return await new SimulatedHosts(options, around).RunAsync(cancellation);
        }
        catch (FormatException unusable)
        {
            await Console.Error.WriteLineAsync($"drover: {unusable.Message}");
            await Console.Error.WriteLineAsync($"Usage: {Usage}");
            return AgentExit.Unusable;
        }
    }
}
