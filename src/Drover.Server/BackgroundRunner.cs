using Microsoft.Extensions.Logging;

namespace Drover.Server;

/// <summary>Keeps background work running: what fails is logged and started again.</summary>
public sealed partial class BackgroundRunner(IReadOnlyList<IBackgroundWork> work, TimeProvider time, ILogger<BackgroundRunner> log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];

    public void Start()
    {
        foreach (var one in work) _running.Add(Task.Run(() => KeepAsync(one)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task KeepAsync(IBackgroundWork one)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await one.RunAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever fails, the rest of the server goes on and this work is tried again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Failed(log, one.Name, failure);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed and is started again")]
    private static partial void Failed(ILogger log, string work, Exception failure);
}
