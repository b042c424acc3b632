using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Drover.Agent.Tests.Harness;

/// <summary>An HTTP proxy on loopback that opens one tunnel.</summary>
internal sealed class TunnelProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TunnelProxy()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    /// <summary>The first line of what it was asked.</summary>
    public string? Asked { get; private set; }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var near = client.GetStream();
        using var head = new MemoryStream();
        var one = new byte[1];
        while (!Encoding.ASCII.GetString(head.ToArray()).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await near.ReadExactlyAsync(one);
            head.Write(one);
        }

        Asked = Encoding.ASCII.GetString(head.ToArray()).Split("\r\n")[0];
        using var server = new TcpClient();
        await server.ConnectAsync(IPEndPoint.Parse(Asked.Split(' ')[1]));
        await using var far = server.GetStream();
        await near.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
    }
}
