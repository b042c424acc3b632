using System.CommandLine;
using Drover.Cli;
using Drover.Server;
using Drover.Server.SignIn.Recovery;

namespace Drover;

/// <summary>`drover server recover`: lets an administrator in again when nobody can sign in.</summary>
internal static class RecoverVerb
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The server's data folder", HelpName = "FOLDER", Required = true };
        var command = new Command("recover", "Print a secret that signs in once as the administrator, whatever sign-in provider is configured; the server may run meanwhile") { data };
        command.SetAction((parsed, _) => RunAsync(parsed.GetRequiredValue(data)));
        return command;
    }

    private static async Task<int> RunAsync(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Server.Api.SignIn.SetupSecret.FileName)))
        {
            await Console.Error.WriteLineAsync($"drover: {folder} is not the data folder of a server that was started");
            return ExitCode.Failed;
        }

        try
        {
            var secret = RecoverySecret.Make(folder, IdSource.System, TimeProvider.System.GetUtcNow());
            await Console.Out.WriteLineAsync($"Within {RecoverySecret.Life.TotalMinutes:0} minutes, open this path of the server once: /recover#{secret}");
            return ExitCode.Done;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"drover: {refused.Message}");
            return ExitCode.Failed;
        }
    }
}
