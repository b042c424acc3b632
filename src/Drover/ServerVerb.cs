using System.CommandLine;
using Drover.Cli;
using Drover.Server;
using Drover.Store.Journal;

namespace Drover;

/// <summary>`drover server`: runs the server until the process is asked to end.</summary>
internal static class ServerVerb
{
    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "The folder of everything the server keeps; without it all is forgotten at the end", HelpName = "FOLDER" };
        var listen = new Option<string>("--listen") { Description = "Where to listen", HelpName = "URL", DefaultValueFactory = _ => new ServerOptions().Listen };
        var downloads = new Option<string?>("--downloads") { Description = "The folder of what new hosts fetch, as images/build.sh makes it", HelpName = "FOLDER" };
        var open = new Option<bool>("--open") { Description = "Let everybody in while access control is off, as Rancher 1.6 does" };
        listen.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out var url) || url.Scheme != "http")
                result.AddError("--listen takes an address such as http://0.0.0.0:8080");
        });
        var command = new Command("server", "Run the server: API, orchestration and web page") { data, listen, downloads, open };
        command.Add(RecoverVerb.Create());
        command.SetAction((parsed, cancellation) => RunAsync(
            new ServerOptions
            {
                DataFolder = parsed.GetValue(data),
                Listen = parsed.GetRequiredValue(listen),
                DownloadFolder = parsed.GetValue(downloads),
                Open = parsed.GetValue(open),
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ServerOptions options, CancellationToken cancellation)
    {
        try
        {
            await using var server = await DroverServer.StartAsync(options, cancellation);
            await Console.Out.WriteLineAsync($"Drover listens on {server.Url}");
            if (!options.Open) await Console.Out.WriteLineAsync($"From another machine, open {server.SetupUrl}");
            await server.WaitAsync(cancellation);
            return ExitCode.Done;
        }
        catch (Exception refused) when (refused is DataFolderException or ListenException)
        {
            await Console.Error.WriteLineAsync($"drover: {refused.Message}");
            return ExitCode.Failed;
        }
    }
}
