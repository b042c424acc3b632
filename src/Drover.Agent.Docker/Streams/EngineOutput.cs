using System.IO.Pipelines;
using Drover.Agent.Docker.Engine;

namespace Drover.Agent.Docker.Streams;

/// <summary>Reads what the engine sends, as much at a time as there is, and no faster than it is passed on.</summary>
internal static class EngineOutput
{
    /// <summary>Runs until the engine ends it. Throws <see cref="RuntimeException"/> when the engine goes away.</summary>
    /// <param name="source">The engine's bytes.</param>
    /// <param name="isFramed">True where they come in frames of <see cref="StandardStreams"/>.</param>
    /// <param name="bufferBytes">So much is read at a time.</param>
    /// <param name="take">Gets each piece; must copy what it keeps.</param>
    /// <param name="pass">Passes on what was taken; the next read waits for it.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task PumpAsync(Stream source, bool isFramed, int bufferBytes, Action<StandardPiece> take, Func<Task> pass, CancellationToken cancel)
    {
        var frames = new StandardStreams();
        var reader = PipeReader.Create(source, new StreamPipeReaderOptions(bufferSize: bufferBytes, minimumReadSize: bufferBytes / 4, leaveOpen: true));
        try
        {
            while (true)
            {
                var got = await ReadAsync(reader, cancel);
                var buffer = got.Buffer;
                if (isFramed)
                {
                    while (frames.TryTake(ref buffer, out var piece)) take(piece);
                }
                else if (!buffer.IsEmpty)
                {
                    take(new StandardPiece(0, buffer, false));
                    buffer = buffer.Slice(buffer.End);
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                await pass();
                if (got.IsCompleted) return;
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static async ValueTask<ReadResult> ReadAsync(PipeReader reader, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadAsync(cancel);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or ObjectDisposedException)
        {
            throw new RuntimeException(RuntimeFailure.Unreachable, "The Docker Engine broke the stream off", broken);
        }
    }
}
