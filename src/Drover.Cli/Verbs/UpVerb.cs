using System.CommandLine;
using Drover.Cli.Files;
using Drover.Cli.Progress;
using Drover.Client.Resources;
using Drover.Model.Kernel;
using Drover.Model.Stacks;

namespace Drover.Cli.Verbs;

/// <summary>`drover up`: makes a stack of compose files run.</summary>
internal sealed class UpVerb
{
    private readonly Option<string?> _file = new("--file", "-f") { Description = "The docker-compose file", HelpName = "FILE" };
    private readonly Option<string?> _rancherFile = new("--rancher-file") { Description = "The rancher-compose file", HelpName = "FILE" };
    private readonly Option<string?> _answers = new("--env-file", "-e") { Description = "KEY=VALUE lines for the variables in the files; answers.txt or .env where not given", HelpName = "FILE" };
    private readonly Option<string?> _stack = new("--stack", "-s") { Description = "The stack's name; the folder's where not given", HelpName = "NAME" };
    private readonly Option<bool> _confirm = new("--confirm-upgrade", "-c") { Description = "Finish the upgrade of the stack: the containers from before it are removed" };
    private readonly Option<bool> _rollback = new("--rollback", "-r") { Description = "Go back to what ran before the upgrade of the stack" };
    private readonly Upgrading _upgrading = new();
    private readonly Waiting _waiting = new();

    public static Command Create(CliContext context)
    {
        var up = new UpVerb();
        return Verb.Create(
            context, "up", "Create a stack from docker-compose.yml and rancher-compose.yml, or bring it up to date, and wait until it runs",
            [up._file, up._rancherFile, up._answers, up._stack, .. up._upgrading.All, up._confirm, up._rollback, up._waiting.Detach, up._waiting.Timeout]).Run(up.RunAsync);
    }

    private async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        var limit = _waiting.Limit(call);
        var folder = call.Context.Folder;
        var file = call.Parsed.GetValue(_file);
        var name = call.Parsed.GetValue(_stack) ?? StackName.Of(file is null ? folder : Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, file)))!);
        var stack = Ending(call) is { } action ? await EndUpgradeAsync(call, name, action, cancellation) : await ApplyAsync(call, name, limit, cancellation);
        if (stack is null) return ExitCode.Failed;
        if (_waiting.IsWanted(call) && !await FollowAsync(call, stack, limit, cancellation)) return ExitCode.Failed;
        if (call.WantsJson) call.WriteJson((await call.Environment.Stacks.GetAsync(stack.Id, cancellation)).Json);
        else if (!_waiting.IsWanted(call)) call.Out.WriteLine($"stack {stack.Name} ({stack.Id}) is {stack.State}");
        return ExitCode.Done;
    }

    private async Task<ApiResource<Stack>?> ApplyAsync(VerbCall call, string name, TimeSpan limit, CancellationToken cancellation)
    {
        _ = _upgrading.Pace(call);
        var files = StackFiles.Load(
            call.Context.Folder, call.Parsed.GetValue(_file), call.Parsed.GetValue(_rancherFile), call.Parsed.GetValue(_answers),
            warning => call.Error.WriteLine($"drover: {Output.Printable.Of(warning)}"));
        return await call.Lookup.StackAsync(name, cancellation) is { } there
            ? await new StackUpgrader(call, _upgrading, limit).RunAsync(there, files, cancellation)
            : await call.Environment.Stacks.CreateAsync(Wanted(name, files), cancellation);
    }

    /// <summary>The action that ends an upgrade, where one is asked for (UPG-12).</summary>
    private string? Ending(VerbCall call) => (call.Parsed.GetValue(_confirm), call.Parsed.GetValue(_rollback)) switch
    {
        (true, _) or (_, true) when _upgrading.IsWanted(call) => throw new UsageException("an upgrade is begun or ended: give --upgrade alone"),
        (true, true) => throw new UsageException("an upgrade is either finished or rolled back: give one of --confirm-upgrade and --rollback"),
        (true, false) => "finishupgrade",
        (false, true) => "rollback",
        _ => null,
    };

    private static async Task<ApiResource<Stack>> EndUpgradeAsync(VerbCall call, string name, string action, CancellationToken cancellation)
    {
        var stack = await call.Lookup.StackAsync(name, cancellation) ?? throw new UsageException($"there is no stack {name}");
        return await UpgradeEnd.AskAsync(call.Environment, stack, action, cancellation)
            ? await call.Environment.Stacks.GetAsync(stack.Id, cancellation)
            : throw new UsageException($"stack {stack.Name} is {stack.State}: there is no upgrade to {(action == "rollback" ? "roll back" : "finish")}");
    }

    private static async Task<bool> FollowAsync(VerbCall call, ApiResource<Stack> stack, TimeSpan limit, CancellationToken cancellation)
    {
        var last = await new ProgressDisplay(call.Context).ShowAsync(show =>
            StackWatch.UntilDoneAsync(call.Environment, stack.Id, limit, call.Context.Time, show, cancellation));
        if (last.Failed) call.Error.WriteLine($"drover: stack {stack.Name} is {last.State}{(last.Reason is null ? "" : $": {Output.Printable.Of(last.Reason)}")}");
        else if (!call.WantsJson) call.Out.WriteLine($"stack {stack.Name} ({stack.Id}) is {last.State}{Next(stack, last)}");
        return !last.Failed;
    }

    /// <summary>What is left to a person.</summary>
    private static string Next(ApiResource<Stack> stack, StackProgress last)
        => last.Services.Any(service => service.IsUpgraded) ? $": drover up -s {stack.Name} --confirm-upgrade or --rollback ends it" : "";

    private static Stack Wanted(string name, StackFiles files) => new()
    {
        Name = name,
        DockerCompose = files.DockerCompose,
        RancherCompose = files.RancherCompose,
        Environment = files.Answers.ToEquatableMap(),
        StartOnCreate = true,
    };
}
