using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Drover.Testing;

/// <summary>A program that runs inside a host or on this machine's side of the switch.</summary>
public sealed partial class LabProcess : IAsyncDisposable
{
    private const int Kill = 9, Terminate = 15;
    private readonly Process _process;

    private LabProcess(Process process, int id, string log) => (_process, Id, LogPath) = (process, id, log);

    /// <summary>The number of the program itself, as this machine sees it.</summary>
    public int Id { get; }

    /// <summary>The file that its output is appended to.</summary>
    public string LogPath { get; }

    /// <summary>True once it has ended, killed with its host included.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The exit code once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Completes when it has ended.</summary>
    public Task WaitForExitAsync(CancellationToken cancellation = default) => _process.WaitForExitAsync(cancellation);

    /// <summary>Kills it with SIGKILL and waits for its end.</summary>
    public Task KillAsync(CancellationToken cancellation = default) => SignalAsync(Kill, cancellation);

    /// <summary>Asks it with SIGTERM to end and waits for that.</summary>
    public Task TerminateAsync(CancellationToken cancellation = default) => SignalAsync(Terminate, cancellation);

    /// <summary>Kills it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    /// <param name="script">The lab.</param>
    /// <param name="verb">The verb of the script, with the host's number.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="log">Where output goes; the file is opened by the program itself, so it outlives this process.</param>
    /// <param name="environment">Variables to add.</param>
    /// <param name="forks">True where entering the namespaces makes the program a child of the process that is started.</param>
    internal static LabProcess Start(
        LabScript script, IReadOnlyList<string> verb, IReadOnlyList<string> command, string log,
        IReadOnlyDictionary<string, string>? environment, bool forks)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(log))!);
        string[] redirected = ["bash", "-c", "exec \"$@\" </dev/null >>\"$0\" 2>&1", Path.GetFullPath(log), .. command];
        var start = script.Command([.. verb, .. redirected]);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        return new LabProcess(process, forks ? ChildOf(process) : process.Id, log);
    }

    private static int ChildOf(Process process)
    {
        // nsenter forks within milliseconds of its start; a busy machine gets ten seconds.
        var children = $"/proc/{process.Id}/task/{process.Id}/children";
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(10) && !process.WaitForExit(2);)
        {
            if (ReadProc($"/proc/{process.Id}/comm") != "nsenter") continue;
            var child = ReadProc(children).Split(' ')[0];
            if (child.Length > 0) return int.Parse(child, CultureInfo.InvariantCulture);
        }
        throw new LabException("the program ended at once, or its host is down");
    }

    private static string ReadProc(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (IOException)
        {
            return ""; // it ended between the look and the read
        }
    }

    private async Task SignalAsync(int signal, CancellationToken cancellation)
    {
        if (!_process.HasExited) _ = SendSignal(Id, signal);
        await _process.WaitForExitAsync(cancellation);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
