using System.IO.Pipelines;
using System.Text;
using System.Threading.Channels;
using Drover.Agent.Streams;
using Drover.Protocol;

namespace Drover.Agent.Docker.Tests.Streams;

/// <summary>The far end of a stream in memory: keeps what was written and feeds what the test says.</summary>
internal sealed class MemoryLink : IStreamLink
{
    private readonly Pipe _input = new();
    private readonly Channel<StreamNote> _notes = Channel.CreateUnbounded<StreamNote>();
    private readonly Channel<bool> _written = Channel.CreateUnbounded<bool>();
    private readonly StringBuilder _text = new();

    public PipeReader Input => _input.Reader;

    public ChannelReader<StreamNote> Notes => _notes.Reader;

    public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All that was written.</summary>
    public string Text
    {
        get { lock (_text) return _text.ToString(); }
    }

    public async Task SayAsync(string text) => await _input.Writer.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    public async Task EndAsync() => await _input.Writer.CompleteAsync();

    public void Tell(StreamNote note) => _notes.Writer.TryWrite(note);

    /// <summary>Waits until what was written holds a text; fails with what there is.</summary>
    public async Task UntilAsync(Func<string, bool> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            while (!holds(Text)) await _written.Reader.ReadAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It was not written in time. There is: {Text}");
        }
    }

    public Task OpenedAsync(CancellationToken cancel)
    {
        Opened.TrySetResult();
        return Task.CompletedTask;
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        lock (_text) _text.Append(Encoding.UTF8.GetString(bytes.Span));
        _written.Writer.TryWrite(true);
        return Task.CompletedTask;
    }

    public Task TellAsync(StreamNote note, CancellationToken cancel) => Task.CompletedTask;
}
