using System.CommandLine;
using System.Net.WebSockets;
using Drover.Cli.Lookup;
using Drover.Client.Streams;
using Drover.Model.Streams;

namespace Drover.Cli.Verbs;

/// <summary>`drover exec`: runs a command in a container and ends as it ends.</summary>
internal sealed class ExecVerb
{
    private readonly Argument<string> _name = new("NAME") { Description = "A container, or a service: its first running container" };
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "Program and arguments, behind --", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _plain = new("--no-tty", "-T") { Description = "Give it no terminal even where you have one" };

    public static Command Create(CliContext context)
    {
        var exec = new ExecVerb();
        return Verb.Create(context, "exec", "Run a command in a container: drover exec web -- ls /", exec._name, exec._command, exec._plain).Run(exec.RunAsync);
    }

    private async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        var found = await call.Lookup.FindAsync(call.Parsed.GetValue(_name)!, cancellation);
        var containers = await ContainersOf.AllAsync(call.Environment, found, cancellation);
        var container = containers.FirstOrDefault(one => one.State == "running") ?? (containers.Count > 0 ? containers[0] : throw new UsageException($"{found} has no container yet"));
        var terminal = call.Parsed.GetValue(_plain) ? null : call.Context.Terminal;
        var asked = new ContainerExec { Command = [.. call.Parsed.GetValue(_command)!], Tty = terminal is not null };
        await using var stream = await call.Environment.ExecAsync(container.Id, asked, cancellation);
        try
        {
            return await ConverseAsync(call.Context, stream, terminal, cancellation);
        }
        catch (Exception broken) when (broken is StreamException or WebSocketException)
        {
            await call.Error.WriteLineAsync($"drover: the command was cut off: {broken.Message}");
            return ExitCode.Failed;
        }
    }

    private static async Task<int> ConverseAsync(CliContext context, ExecStream stream, ITerminal? terminal, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var sending = new SemaphoreSlim(1);
        using var raw = terminal?.Raw();
        using var resizes = terminal?.OnResize(() => _ = ResizeAsync(stream, terminal, sending, over.Token));
        if (terminal is not null) await ResizeAsync(stream, terminal, sending, over.Token);
        _ = Task.Run(() => TypeAsync(context.Input(), stream, sending, over.Token), CancellationToken.None);
        var output = context.Output();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            await output.WriteAsync(buffer.AsMemory(0, count), cancellation);
            await output.FlushAsync(cancellation);
        }

        await over.CancelAsync();
        return stream.ExitCode ?? ExitCode.Done;
    }

    /// <summary>Sends what is typed. A read of a terminal cannot be taken back, so nobody waits for this to end.</summary>
    private static async Task TypeAsync(Stream input, ExecStream stream, SemaphoreSlim sending, CancellationToken over)
    {
        var buffer = new byte[4096];
        try
        {
            while (await input.ReadAsync(buffer, over) is > 0 and var count)
                await OneAtATimeAsync(sending, () => stream.WriteAsync(buffer.AsMemory(0, count), over), over);
            await OneAtATimeAsync(sending, () => stream.EndInputAsync(over), over);
        }
        catch (Exception ended) when (ended is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException)
        {
            // the command has ended first
        }
    }

    private static async Task ResizeAsync(ExecStream stream, ITerminal terminal, SemaphoreSlim sending, CancellationToken over)
    {
        try
        {
            if (terminal.Size is { } size) await OneAtATimeAsync(sending, () => stream.ResizeAsync(size.Columns, size.Rows, over), over);
        }
        catch (Exception ended) when (ended is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // the command has ended first
        }
    }

    private static async Task OneAtATimeAsync(SemaphoreSlim sending, Func<ValueTask> send, CancellationToken over)
    {
        await sending.WaitAsync(over);
        try
        {
            await send();
        }
        finally
        {
            sending.Release();
        }
    }
}
