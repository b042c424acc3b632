using System.CommandLine;
using System.Net;
using Drover.Cli.Output;
using Drover.Cli.Settings;
using Drover.Client;
using Drover.Client.Waiting;

namespace Drover.Cli.Verbs;

/// <summary>What all verbs share: the options that say which server, and how errors become exit codes.</summary>
internal sealed class Verb
{
    private readonly CliContext _context;
    private readonly Option<string?> _url = new("--url") { Description = "The server's address (DROVER_URL)", HelpName = "URL" };
    private readonly Option<string?> _environment = new("--environment", "--env") { Description = "Name or id of the environment (DROVER_ENVIRONMENT)", HelpName = "NAME" };
    private readonly Option<OutputFormat> _format = new("--format") { Description = "How results are printed: text or json" };

    private Verb(CliContext context, string name, string description)
    {
        _context = context;
        Command = new Command(name, description) { _url, _environment, _format };
    }

    public Command Command { get; }

    /// <summary>A verb with its own arguments and options.</summary>
    public static Verb Create(CliContext context, string name, string description, params Symbol[] symbols)
    {
        var verb = new Verb(context, name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) verb.Command.Add(argument);
            else if (symbol is Option option) verb.Command.Add(option);
            else verb.Command.Add((Command)symbol);
        }

        return verb;
    }

    /// <summary>What the verb does within an environment; the number is the exit code.</summary>
    public Command Run(Func<VerbCall, CancellationToken, Task<int>> run) => RunOnServer(async (context, parsed, client, cancellation) =>
    {
        var environment = await client.EnterAsync(Settings(parsed).Environment, cancellation);
        return await run(new VerbCall(context, parsed, environment, parsed.GetValue(_format)), cancellation);
    });

    /// <summary>What the verb does outside of any environment.</summary>
    public Command RunOnServer(Func<CliContext, ParseResult, DroverClient, CancellationToken, Task<int>> run)
    {
        Command.SetAction((parsed, cancellation) => GuardAsync(_context, async () =>
        {
            using var client = Connect(_context, Settings(parsed));
            return await run(_context, parsed, client, cancellation);
        }));
        return Command;
    }

    /// <summary>Opens a connection; throws <see cref="UsageException"/> where the settings cannot be meant.</summary>
    public static DroverClient Connect(CliContext context, CliSettings settings)
    {
        if (!Uri.TryCreate(settings.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new UsageException($"'{settings.Url}' is no address of a server; it begins with http:// or https://");
        if (settings.AccessKey is null != settings.SecretKey is null)
            throw new UsageException("an API key has two halves: give both DROVER_ACCESS_KEY and DROVER_SECRET_KEY");
        var options = new ClientOptions { Url = url, AccessKey = settings.AccessKey, SecretKey = settings.SecretKey, Time = context.Time };
        return new DroverClient(options, context.Network?.Invoke());
    }

    /// <summary>Runs and turns what goes wrong into a sentence and an exit code.</summary>
    public static async Task<int> GuardAsync(CliContext context, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception wrong) when (CodeOf(wrong) is { } code)
        {
            await context.Error.WriteLineAsync($"drover: {Printable.Lines(Sentence(wrong))}");
            return code;
        }
    }

    private CliSettings Settings(ParseResult parsed) => CliSettings.Resolve(
        new CliSettings(parsed.GetValue(_url), Environment: parsed.GetValue(_environment)),
        _context.Variable,
        CliSettings.Load(CliSettings.FileOf(_context.Variable)));

    private static int? CodeOf(Exception wrong) => wrong switch
    {
        UsageException => ExitCode.Usage,
        ApiException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => ExitCode.NoServer,
        ApiException => ExitCode.Failed,
        WaitTimeoutException => ExitCode.TimedOut,
        HttpRequestException => ExitCode.NoServer,
        TaskCanceledException { InnerException: TimeoutException } => ExitCode.NoServer,
        OperationCanceledException => ExitCode.Interrupted,
        _ => null,
    };

    private static string Sentence(Exception wrong) => wrong switch
    {
        ApiException { Status: HttpStatusCode.Unauthorized } refused => $"the server wants an API key: drover login, or DROVER_ACCESS_KEY and DROVER_SECRET_KEY ({refused.Message})",
        HttpRequestException unreached => $"the server is not reached: {unreached.Message}",
        TaskCanceledException { InnerException: TimeoutException } => "the server does not answer",
        OperationCanceledException => "interrupted",
        _ => wrong.Message,
    };
}
