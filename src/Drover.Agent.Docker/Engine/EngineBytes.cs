namespace Drover.Agent.Docker.Engine;

/// <summary>An answer that is read as it comes. Reading throws <see cref="IOException"/> or <see cref="HttpRequestException"/> when the engine goes away.</summary>
public sealed class EngineBytes(IDisposable answer, Stream body) : IAsyncDisposable
{
    public Stream Body => body;

    public async ValueTask DisposeAsync()
    {
        answer.Dispose();
        await body.DisposeAsync();
    }
}
