using System.Threading.Channels;
using Drover.Agent.Sessions;

namespace Drover.Simulator.Links;

/// <summary>A connection in memory whose frames may be late, lost or doubled.</summary>
public sealed class MemoryLink
{
    private readonly Direction _up;
    private readonly Direction _down;

    private MemoryLink(TimeProvider time, LinkWeather weather)
    {
        _up = new Direction(time, weather, weather.Up, Cut);
        _down = new Direction(time, weather, weather.Down, Cut);
        Agent = new End(_down, _up, Cut);
        Server = new End(_up, _down, Cut);
    }

    /// <summary>The agent's end.</summary>
    public ISessionConnection Agent { get; }

    /// <summary>The server's end.</summary>
    public ISessionConnection Server { get; }

    /// <summary>A new connection.</summary>
    public static MemoryLink Open(TimeProvider time, LinkWeather weather) => new(time, weather);

    /// <summary>Breaks it: both ends see it at once.</summary>
    public void Cut()
    {
        _up.Close();
        _down.Close();
    }

    private sealed class End(Direction from, Direction to, Action cut) : ISessionConnection
    {
        public Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel) => to.SendAsync(frame.ToArray(), cancel);

        public Task<byte[]?> ReceiveAsync(CancellationToken cancel) => from.ReceiveAsync(cancel);

        public ValueTask DisposeAsync()
        {
            cut();
            return default;
        }
    }

    private sealed class Direction(TimeProvider time, LinkWeather weather, Func<byte[], LinkFate> fate, Action cut)
    {
        private readonly Channel<(byte[] Frame, DateTimeOffset Arrives)> _frames = Channel.CreateUnbounded<(byte[], DateTimeOffset)>();

        public Task SendAsync(byte[] frame, CancellationToken cancel)
        {
            if (cancel.IsCancellationRequested) return Task.FromCanceled(cancel);
            var decided = fate(frame);
            if (decided == LinkFate.Cut) cut();
            for (var copies = decided switch { LinkFate.Deliver => 1, LinkFate.Twice => 2, _ => 0 }; copies > 0; copies--)
            {
                if (!_frames.Writer.TryWrite((frame, time.GetUtcNow() + weather.Delay()))) return Broken();
            }

            return decided == LinkFate.Cut ? Broken() : Task.CompletedTask;
        }

        public async Task<byte[]?> ReceiveAsync(CancellationToken cancel)
        {
            while (await _frames.Reader.WaitToReadAsync(cancel))
            {
                if (!_frames.Reader.TryRead(out var next)) continue;
                var wait = next.Arrives - time.GetUtcNow();
                if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancel);
                return next.Frame;
            }

            return null;
        }

        public void Close() => _frames.Writer.TryComplete();

        private static Task Broken() => Task.FromException(new SessionException("The session broke"));
    }
}

/// <summary>How a connection treats its frames. Frames of one direction stay in order, as on any stream.</summary>
public sealed record LinkWeather
{
    /// <summary>All arrive at once.</summary>
    public static LinkWeather Fair { get; } = new();

    /// <summary>How long the next frame takes.</summary>
    public Func<TimeSpan> Delay { get; init; } = () => TimeSpan.Zero;

    /// <summary>What becomes of a frame to the server.</summary>
    public Func<byte[], LinkFate> Up { get; init; } = _ => LinkFate.Deliver;

    /// <summary>What becomes of a frame to the agent.</summary>
    public Func<byte[], LinkFate> Down { get; init; } = _ => LinkFate.Deliver;
}
