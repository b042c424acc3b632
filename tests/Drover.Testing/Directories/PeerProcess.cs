using System.Diagnostics;
using System.Globalization;

namespace Drover.Testing.Directories;

/// <summary>A server that runs beside a test and ends with it, also where the test is killed: it and the folder of its log live as long as the pipe to this process.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    // Standard input closes when this process ends, however it ends.
    private const string Watched = """
        exec 3<&0
        "$@" </dev/null >>"$0" 2>&1 3<&- &
        child=$!
        echo $child
        exec 2>/dev/null
        { cat <&3 >/dev/null; kill -KILL $child; } >/dev/null 2>&1 &
        exec 3<&-
        wait
        rm -rf "$(dirname "$0")"
        """;

    private readonly Process _process;

    private PeerProcess(Process process, int id, string log) => (_process, Id, Log) = (process, id, log);

    /// <summary>The number of the server itself.</summary>
    public int Id { get; }

    /// <summary>The file of its output.</summary>
    public string Log { get; }

    public bool HasExited => _process.HasExited;

    public static async Task<PeerProcess> StartAsync(string log, params IEnumerable<string> command)
    {
        var start = new ProcessStartInfo("bash", ["-c", Watched, log, .. command]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var id = await process.StandardOutput.ReadLineAsync() ?? throw new LabException($"{log}: the server did not start");
        return new PeerProcess(process, int.Parse(id, CultureInfo.InvariantCulture), log);
    }

    /// <summary>Tries until something works; fails after half a minute with the end of the log.</summary>
    public async Task UntilAsync(Func<CancellationToken, Task> works, CancellationToken cancellation)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(20, cancellation))
        {
            try
            {
                await works(cancellation);
                return;
            }
            catch (System.Net.Sockets.SocketException) when (watch.Elapsed < TimeSpan.FromSeconds(30) && !HasExited)
            {
                // Not listening yet: asked again shortly, within the deadline.
            }
            catch (System.Net.Sockets.SocketException)
            {
                throw new LabException($"the server does not listen; its log ends: {await File.ReadAllTextAsync(Log, cancellation)}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Runs a program to its end. Throws with its output where it fails.</summary>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, string? input, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        if (input is not null) await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0) throw new LabException($"{program} ended with {process.ExitCode}: {await errors}{await output}");
    }
}
