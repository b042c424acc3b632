using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Drover.Agent;
using Drover.Agent.Docker;
using Drover.Server;
using Microsoft.Extensions.Logging;

namespace Drover;

/// <summary>`drover agent`: keeps this host as its server wants it until the process is asked to end.</summary>
internal static class AgentVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var ending = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var loggers = LoggerFactory.Create(log => log
            .AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("Drover", LogLevel.Information));
        try
        {
            return await DockerAgent.RunAsync(
                AgentOptions.Parse(args, Environment.GetEnvironmentVariable),
                DockerAgent.Socket(Environment.GetEnvironmentVariable("DOCKER_HOST")),
                new AgentSurroundings
                {
                    Time = TimeProvider.System,
                    Jitter = new Random(RandomNumberGenerator.GetInt32(int.MaxValue)),
                    NewUuid = () => IdSource.System.NewUuid().ToString(),
                    Loggers = loggers,
                },
                ending.Token);
        }
        catch (FormatException unusable)
        {
            await Console.Error.WriteLineAsync($"drover: {unusable.Message}");
            await Console.Error.WriteLineAsync("Usage: drover agent --url URL [--token TOKEN] [--data DIR] [--hostname NAME] [--agent-ip IP] [--label KEY=VALUE]");
            return AgentExit.Unusable;
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true; // the process ends when the agent has
            ending.Cancel();
        }
    }
}
