using Drover.Server;
using Drover.Store.Journal;

namespace Drover;

/// <summary>`drover server`: runs the server until the process is asked to end.</summary>
internal static class ServerVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync("Usage: drover server --data DIR --listen URL [--open]");
            return 2;
        }

        try
        {
            await using var server = await DroverServer.StartAsync(options);
            Console.WriteLine($"Drover listens on {server.Url}");
            if (!options.Open) Console.WriteLine($"From another machine, open {server.SetupUrl}");
            await server.WaitAsync();
            return 0;
        }
        catch (DataFolderException refused)
        {
            await Console.Error.WriteLineAsync($"drover: {refused.Message}");
            return 1;
        }
    }

    private static ServerOptions? Parse(string[] args)
    {
        var options = new ServerOptions();
        for (var at = 0; at < args.Length; at++)
        {
            switch (args[at])
            {
                case "--open":
                    options = options with { Open = true };
                    break;
                case "--data" when at + 1 < args.Length:
                    options = options with { DataFolder = args[++at] };
                    break;
                case "--listen" when at + 1 < args.Length && Uri.TryCreate(args[at + 1], UriKind.Absolute, out _):
                    options = options with { Listen = args[++at] };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
