using System.IO.Pipelines;
using System.Threading.Channels;
using Drover.Protocol;

namespace Drover.Agent.Streams;

/// <summary>What people may look into on a host: the Docker Engine's streams, or fakes in the simulator. All calls may throw <see cref="RuntimeException"/>; its failure is told to the client.</summary>
public interface IHostStreams
{
    /// <summary>Writes lines, each as "01 ", "02 " or "00 " (standard output, standard error, a terminal's), text and line feed; whole lines per call.</summary>
    Task LogsAsync(LogsOrder order, IStreamLink link, CancellationToken cancel);

    /// <summary>Runs a command until it ends; returns its exit code, null where nobody knows. When cancelled it ends the command's input.</summary>
    Task<long?> ExecAsync(ExecOrder order, IStreamLink link, CancellationToken cancel);

    /// <summary>Carries bytes between the client and the engine's own socket.</summary>
    Task DockerSocketAsync(IStreamLink link, CancellationToken cancel);

    /// <summary>Carries bytes between the client and a port of a container.</summary>
    Task ConnectAsync(ConnectOrder order, IStreamLink link, CancellationToken cancel);

    /// <summary>What a container has used; null where it does not run.</summary>
    Task<StatsSample?> SampleAsync(string container, CancellationToken cancel);

    /// <summary>What the host has used.</summary>
    Task<StatsSample> SampleHostAsync(CancellationToken cancel);
}

/// <summary>The host's end of one stream. Writing waits while the reader is slow, and reading is what lets the client go on: nothing piles up here.</summary>
public interface IStreamLink
{
    /// <summary>What the client sends; completed when it has said all or is gone.</summary>
    PipeReader Input { get; }

    /// <summary>What the client says beside its bytes; the newest few.</summary>
    ChannelReader<StreamNote> Notes { get; }

    /// <summary>Says that it works; called once, before anything is written. What is thrown before becomes a refusal.</summary>
    Task OpenedAsync(CancellationToken cancel);

    /// <summary>Sends bytes to the client.</summary>
    Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Says something beside the bytes.</summary>
    Task TellAsync(StreamNote note, CancellationToken cancel);
}
