using System.CommandLine;
using System.Text;
using Drover.Cli.Settings;

namespace Drover.Cli.Verbs;

/// <summary>`drover login`: keeps a server's address and an API key in the configuration file.</summary>
internal static class LoginVerb
{
    public static Command Create(CliContext context)
    {
        var url = new Argument<string>("URL") { Description = "The server's address" };
        var environment = new Option<string?>("--environment", "--env") { Description = "Name or id of the environment to work in", HelpName = "NAME" };
        var command = new Command("login", "Ask for an API key (empty where access control is off), try it, and keep it for the other verbs") { url, environment };
        command.SetAction((parsed, cancellation) => Verb.GuardAsync(context, async () =>
        {
            var access = NonEmpty(await AskAsync(context, "Access key: ", hidden: false));
            var secret = access is null ? null : NonEmpty(await AskAsync(context, "Secret key: ", hidden: true));
            var settings = new CliSettings(parsed.GetRequiredValue(url), access, secret, parsed.GetValue(environment));
            using var client = Verb.Connect(context, settings);
            var entered = await client.EnterAsync(settings.Environment, cancellation);
            var file = CliSettings.FileOf(context.Variable);
            settings.Save(file);
            await context.Out.WriteLineAsync($"environment {entered.Name} ({entered.Id}) at {settings.Url}, kept in {file}");
            return ExitCode.Done;
        }));
        return command;
    }

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static async Task<string?> AskAsync(CliContext context, string question, bool hidden)
    {
        if (!context.IsTyped) return await context.In.ReadLineAsync();
        await context.Error.WriteAsync(question);
        if (!hidden) return await context.In.ReadLineAsync();
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0) typed.Length--;
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }

        await context.Error.WriteLineAsync();
        return typed.ToString();
    }
}
