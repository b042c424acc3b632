using System.CommandLine;
using Drover.Agent;
using Drover.Agent.Docker;
using Drover.Server;
using Microsoft.Extensions.Logging;

namespace Drover;

/// <summary>`drover agent`: keeps this host as its server wants it until the process is asked to end.</summary>
internal static class AgentVerb
{
    private const string Usage = "drover agent --url URL [--token TOKEN | --token-file FILE] [--data DIR] [--hostname NAME] [--agent-ip IP] [--label KEY=VALUE]";

    public static Command Create()
    {
        // The agent reads its own arguments: 1.6's command lines and variables are among them.
        var command = new Command("agent", $"Make this machine a host of a server and look after its containers: {Usage}") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.UnmatchedTokens, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellation)
    {
        using var loggers = LoggerFactory.Create(log => log
            .AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("Drover", LogLevel.Information));
        using var trim = MemoryTrim.OfProcess(TimeProvider.System);
        try
        {
            return await DockerAgent.RunAsync(
                AgentOptions.Parse(args, Environment.GetEnvironmentVariable),
                DockerAgent.Socket(Environment.GetEnvironmentVariable("DOCKER_HOST")),
                new AgentSurroundings
                {
                    Time = TimeProvider.System,
                    Jitter = new Random(IdSource.System.NewUuid().GetHashCode()),
                    NewUuid = () => IdSource.System.NewUuid().ToString(),
                    Loggers = loggers,
                },
                cancellation);
        }
        catch (FormatException unusable)
        {
            await Console.Error.WriteLineAsync($"drover: {unusable.Message}");
            await Console.Error.WriteLineAsync($"Usage: {Usage}");
            return AgentExit.Unusable;
        }
    }
}
