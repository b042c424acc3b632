using System.Collections.Concurrent;
using Drover.Model.Kernel;
using Drover.Store.State;

namespace Drover.Store.Codec;

/// <summary>Writes and reads snapshots as frames: the first holds the last numbers of families, each other one whole objects.</summary>
internal sealed class SnapshotCodec(EntryCodec entries, BatchCodec batches)
{
    private const int FrameBytes = 256 * 1024;

    /// <summary>The frames of a snapshot. Each lasts until the next is asked for.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Write(Snapshot snapshot, IReadOnlyCollection<KeyValuePair<string, long>> taken)
    {
        var writer = new ByteWriter(FrameBytes + 4096);
        batches.WriteTaken(writer, taken);
        yield return writer.WrittenMemory;
        writer.Clear();
        foreach (var entry in snapshot.Everything())
        {
            entries.Write(writer, entry);
            if (writer.Length < FrameBytes) continue;
            yield return writer.WrittenMemory;
            writer.Clear();
        }

        if (writer.Length > 0) yield return writer.WrittenMemory;
    }

    /// <summary>Fills a state from frames. One thread decodes while this one puts in place.</summary>
    public void Read(IEnumerable<ReadOnlyMemory<byte>> frames, LiveState state, IDictionary<string, long> taken, InternPool pool)
    {
        using var decoded = new BlockingCollection<List<Entry>>(boundedCapacity: 8);
        var decoding = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    var first = true;
                    foreach (var frame in frames)
                    {
                        if (first) ReadHead(frame.Span, taken);
                        else decoded.Add(Decode(frame.Span, pool));
                        first = false;
                    }
                }
                finally
                {
                    decoded.CompleteAdding();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        state.Fill(decoded.GetConsumingEnumerable().SelectMany(batch => batch));
        decoding.GetAwaiter().GetResult();
    }

    private void ReadHead(ReadOnlySpan<byte> frame, IDictionary<string, long> taken)
    {
        var reader = new ByteReader(frame);
        batches.ReadTaken(ref reader, taken);
    }

    private List<Entry> Decode(ReadOnlySpan<byte> frame, InternPool pool)
    {
        var list = new List<Entry>();
        var reader = new ByteReader(frame, pool);
        while (!reader.AtEnd)
            if (entries.Read(ref reader) is { } entry)
                list.Add(entry);
        return list;
    }
}
