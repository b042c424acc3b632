using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Drover.Server.Streams.Proxy;

/// <summary>The headers that the server itself has set on an answer, kept before another server's are put beside them.</summary>
/// <param name="response">The answer, of which nothing is sent yet.</param>
internal sealed class OwnHead(HttpResponse response)
{
    private readonly KeyValuePair<string, StringValues>[] _own = [.. response.Headers];

    /// <summary>Takes the other server's headers back, so that a refusal is the server's own word alone.</summary>
    public void Restore()
    {
        response.Headers.Clear();
        foreach (var (name, values) in _own) response.Headers[name] = values;
    }
}
