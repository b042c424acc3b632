using System.Diagnostics;

namespace Drover.Testing;

/// <summary>Runs <c>lab.sh</c> for one lab.</summary>
internal sealed class LabScript(string folder)
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "lab/lab.sh");
    private static readonly string[] Ending = ["down", "sweep"];

    /// <summary>Ends labs below the root whose owner process is gone.</summary>
    public static async Task SweepAsync(string root, CancellationToken cancellation) =>
        await new LabScript(root).RunAsync(["sweep", root], cancellation);

    /// <summary>A start of the script that has not happened yet.</summary>
    public ProcessStartInfo Command(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("bash") { Environment = { ["LAB_DIR"] = folder } };
        if (!Ending.Contains(arguments[0])) start.Environment["DROVER_LAB"] = Path.GetFileName(folder); // so that `down` ends it too
        start.ArgumentList.Add(Script);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>Runs a verb and returns its standard output; throws with its error output when it fails.</summary>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var ended = await TryRunAsync(arguments, cancellation);
        return ended.ExitCode == 0
            ? ended.Output
            : throw new LabException($"{string.Join(' ', arguments)} ended with {ended.ExitCode}: {ended.Error.Trim()}{ended.Output.Trim()}");
    }

    /// <summary>Runs a verb and returns how it ended.</summary>
    public async Task<LabOutput> TryRunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = Command(arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
            return new LabOutput(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs a verb to its end while this process is going away.</summary>
    public void RunAtExit(string verb)
    {
        using var process = Process.Start(Command([verb]));
        process?.WaitForExit();
    }
}

/// <summary>How a command ended.</summary>
public sealed record LabOutput(int ExitCode, string Output, string Error);

/// <summary>The lab could not do what a test asked for.</summary>
public sealed class LabException(string message) : Exception(message);
