using System.Threading.Channels;
using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Agent.Streams;

/// <summary>Reads once a second what is watched, and nothing while nothing is.</summary>
internal sealed class StatsClock(IHostStreams streams, TimeProvider time)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>So many containers are asked at a time.</summary>
    private const int Width = 8;

    public async Task RunAsync(IStreamLink link, CancellationToken cancel)
    {
        await link.OpenedAsync(cancel);
        var watched = new WatchStats();
        using var beat = new PeriodicTimer(Beat, time);
        while (true)
        {
            if (watched is { Host: false, Containers.Count: 0 }) watched = await NextAsync(link.Notes, cancel) ?? watched;
            while (link.Notes.TryRead(out var note)) watched = note as WatchStats ?? watched;
            var taken = await TakeAsync(watched, cancel);
            if (taken.Count > 0) await link.TellAsync(new StatsTaken(taken), cancel);
            await beat.WaitForNextTickAsync(cancel);
        }
    }

    private static async Task<WatchStats?> NextAsync(ChannelReader<StreamNote> notes, CancellationToken cancel)
    {
        try
        {
            return await notes.ReadAsync(cancel) as WatchStats;
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The server went away");
        }
    }

    private async Task<EquatableArray<StatsSample>> TakeAsync(WatchStats watched, CancellationToken cancel)
    {
        var samples = new StatsSample?[watched.Containers.Count + 1];
        if (watched.Host) samples[^1] = await streams.SampleHostAsync(cancel);
        await Parallel.ForAsync(0, watched.Containers.Count, new ParallelOptions { MaxDegreeOfParallelism = Width, CancellationToken = cancel },
            async (at, stop) => samples[at] = await OneAsync(watched.Containers.Items[at], stop));
        return samples.OfType<StatsSample>().ToEquatableArray();
    }

    /// <summary>A container that vanished, and an engine that is away for a moment, end no stream: the next second tells.</summary>
    private async ValueTask<StatsSample?> OneAsync(string container, CancellationToken cancel)
    {
        try
        {
            return await streams.SampleAsync(container, cancel);
        }
        catch (RuntimeException)
        {
            return null;
        }
    }
}
