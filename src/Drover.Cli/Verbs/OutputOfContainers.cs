using System.Net.WebSockets;
using Drover.Client.Resources;
using Drover.Client.Streams;
using Drover.Model.Containers;
using Drover.Model.Streams;

namespace Drover.Cli.Verbs;

/// <summary>Prints what containers write, side by side as it comes; each reads on only when its line is out.</summary>
internal sealed class OutputOfContainers(VerbCall call, ContainerLogs asked) : IDisposable
{
    private readonly SemaphoreSlim _printing = new(1);

    /// <summary>Returns when all have ended; an exit code.</summary>
    public async Task<int> PrintAsync(IReadOnlyList<ApiResource<Container>> containers, CancellationToken cancellation)
    {
        var width = containers.Count > 1 ? containers.Max(container => container.Name.Length) : 0;
        var all = await Task.WhenAll(containers.Select(container => PrintAsync(container, width, cancellation)));
        return all.Max();
    }

    public void Dispose() => _printing.Dispose();

    private async Task<int> PrintAsync(ApiResource<Container> container, int width, CancellationToken cancellation)
    {
        var prefix = width > 0 ? $"{container.Name.PadRight(width)} | " : "";
        try
        {
            await foreach (var line in call.Environment.LogsAsync(container.Id, asked, cancellation)) await PrintAsync(prefix, line, cancellation);
            return ExitCode.Done;
        }
        catch (Exception broken) when (broken is StreamException or WebSocketException)
        {
            await PrintAsync("", new LogLine(LogSource.Error, $"drover: the output of {container.Name} was cut off: {broken.Message}"), cancellation);
            return ExitCode.Failed;
        }
    }

    private async Task PrintAsync(string prefix, LogLine line, CancellationToken cancellation)
    {
        await _printing.WaitAsync(cancellation);
        try
        {
            await (line.Source == LogSource.Error ? call.Error : call.Out).WriteLineAsync(prefix + line.Text);
        }
        finally
        {
            _printing.Release();
        }
    }
}
