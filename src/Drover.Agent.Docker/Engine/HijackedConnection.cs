using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Drover.Agent.Docker.Engine;

/// <summary>A connection that the engine took out of HTTP. Its two directions end one by one, which no HTTP client offers.</summary>
public sealed class HijackedConnection : IAsyncDisposable
{
    private const int LargestHead = 16 * 1024;

    private readonly NetworkStream _stream;

    private HijackedConnection(NetworkStream stream) => _stream = stream;

    /// <summary>Reads what the engine says and writes what it hears.</summary>
    public Stream Stream => _stream;

    /// <summary>Says that nothing more will be written; what the engine still says can be read.</summary>
    public void EndInput() => _stream.Socket.Shutdown(SocketShutdown.Send);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>Opens the engine's socket itself, without a question.</summary>
    internal static async Task<HijackedConnection> OpenAsync(string socketPath, CancellationToken cancellation)
        => new(await EngineSocket.ConnectAsync(socketPath, cancellation));

    /// <summary>Asks for the upgrade. Throws <see cref="EngineException"/> where the engine refuses.</summary>
    internal static async Task<HijackedConnection> OpenAsync(string socketPath, EngineRequest request, string prefix, CancellationToken cancellation)
    {
        var stream = await EngineSocket.ConnectAsync(socketPath, cancellation);
        try
        {
            var body = request.Body is null ? [] : await request.Body.ReadAsByteArrayAsync(cancellation);
            var head = $"{request.Method} {prefix}{request.Uri} HTTP/1.1\r\nHost: engine\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), cancellation);
            await stream.WriteAsync(body, cancellation);
            var (status, length) = Read(await HeadAsync(stream, cancellation));
            if (status is HttpStatusCode.SwitchingProtocols or HttpStatusCode.OK) return new HijackedConnection(stream);
            var reason = new byte[Math.Min(length, LargestHead)];
            await stream.ReadAtLeastAsync(reason, reason.Length, throwOnEndOfStream: false, cancellation);
            throw EngineException.FromAnswer(status, EngineConnection.ReasonOf(Encoding.UTF8.GetString(reason), status));
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Byte by byte up to the empty line: what follows it belongs to the stream already.</summary>
    private static async Task<string> HeadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            if (head.Length > LargestHead || await stream.ReadAsync(one, cancellation) == 0) throw new IOException("the engine closed before it answered");
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private static (HttpStatusCode Status, int Length) Read(string head)
    {
        var lines = head.Split("\r\n");
        var status = lines[0].Split(' ') is [_, var code, ..] && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var length = lines.Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(line => line.Split(':')[1].Trim()).FirstOrDefault();
        return ((HttpStatusCode)status, int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0);
    }
}
