using System.Net.WebSockets;
using System.Text.Json;
using Drover.Client.Connection;

namespace Drover.Client.Waiting;

/// <summary>
/// Tells when it is worth to look again: at a change in the environment while the stream of changes is up,
/// and every second while it is not. Changes that came between two calls count once.
/// </summary>
public sealed class ChangeSignal : IAsyncDisposable
{
    /// <summary>A change that was lost on the way is found by then.</summary>
    private static readonly TimeSpan LiveInterval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BrokenInterval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _time;
    private readonly Task _reading;
    private volatile bool _live;

    /// <param name="connection">The server.</param>
    /// <param name="url">The scope whose changes are told.</param>
    /// <param name="concerns">Which changes count; null for all.</param>
    internal ChangeSignal(ApiConnection connection, string url, Func<Change, bool>? concerns = null)
    {
        _time = connection.Time;
        _reading = ReadAsync(connection, url, concerns);
    }

    /// <summary>True while changes arrive by themselves.</summary>
    public bool IsLive => _live;

    /// <summary>Returns when something changed, or when it is time to look anyway.</summary>
    /// <param name="limit">Returns after this time at the latest.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task NextAsync(TimeSpan limit, CancellationToken cancellation = default)
    {
        var interval = _live ? LiveInterval : BrokenInterval;
        using var timer = new CancellationTokenSource(limit < interval ? limit : interval, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        try
        {
            await _changed.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Nothing came: the caller looks for itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _end.Dispose();
        _changed.Dispose();
    }

    private async Task ReadAsync(ApiConnection connection, string url, Func<Change, bool>? concerns)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in ChangeFeed.ReadAsync(connection, url, _end.Token, Opened).ConfigureAwait(false))
                    if (concerns?.Invoke(change) != false)
                        Raise();
            }
            catch (Exception lost) when (lost is WebSocketException or HttpRequestException or OperationCanceledException or JsonException or IOException)
            {
                // What was missed meanwhile is found by looking.
            }

            _live = false;
            Raise();
            await Task.Delay(BrokenInterval, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Opened()
    {
        _live = true;
        Raise();
    }

    private void Raise()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Nobody has looked since the last change.
        }
    }
}
