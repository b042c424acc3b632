using System.Diagnostics;
using System.Text;

namespace Drover.Integration;

/// <summary>The real server as a process of its own, on a port that it chose itself.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private readonly Process _process;

    private readonly bool _isWrapped;

    private RealServer(Process process, Uri url, bool isWrapped)
    {
        _process = process;
        _isWrapped = isWrapped;
        Url = url;
        Http = new HttpClient { BaseAddress = url };
    }

    /// <summary>The executable, built beside this project.</summary>
    public static string Program { get; } = FindProgram();

    public Uri Url { get; }

    public HttpClient Http { get; }

    /// <summary>Starts a server and returns once it answers.</summary>
    /// <param name="data">Its data folder; null keeps everything in memory.</param>
    /// <param name="wrapper">A command that runs the server, such as a tracer; none where it is empty.</param>
    public static async Task<RealServer> StartAsync(string? data, CancellationToken cancel, params string[] wrapper)
    {
        string[] command = [.. wrapper, Program, "server", "--listen", "http://127.0.0.1:0", "--open", .. data is null ? Array.Empty<string>() : ["--data", data]];
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(cancel);
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (line.Split(' ') is not ["Drover", "listens", "on", var url]) continue;

            // Read on, so that a full pipe never holds the server up.
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new RealServer(process, new Uri(url), wrapper.Length > 0);
        }

        throw new InvalidOperationException($"the server ended before it listened: {await errors}");
    }

    /// <summary>Ends it without warning, as a power cut does to a process.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: _isWrapped);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end in order, and returns when it has.</summary>
    public async Task TerminateAsync(CancellationToken cancel)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(cancel);
        await _process.WaitForExitAsync(cancel);
    }

    /// <summary>Creates a stack in the Default environment and returns the answer's text once it has come.</summary>
    public async Task<string> CreateStackAsync(string name, CancellationToken cancel)
    {
        using var body = new StringContent($$"""{"name":"{{name}}"}""", Encoding.UTF8, "application/json");
        using var reply = await Http.PostAsync(new Uri("v2-beta/projects/1a5/stacks", UriKind.Relative), body, cancel);
        return await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static string FindProgram()
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = build.Parent!.Name;
        for (var folder = build; folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Drover.slnx")))
                return Path.Combine(folder.FullName, "src", "Drover", "bin", configuration, "net10.0", "drover");
        throw new InvalidOperationException($"no Drover.slnx above {build.FullName}");
    }
}
