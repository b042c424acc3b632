using System.Net.Sockets;
using System.Text;

namespace Drover.Agent.Docker.Tests.Engine;

/// <summary>A socket that gives canned answers, for what a real engine never says. Answers <c>/_ping</c> by itself.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fake-engine-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _ending = new();
    private readonly List<string> _requests = [];
    private readonly string _answer, _ping;
    private readonly Task _serving;

    public FakeEngine(string answer, string version = "1.41")
    {
        (_answer, _ping) = (answer, Ok("OK", $"Api-Version: {version}\r\nOSType: linux\r\n"));
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
        _serving = ListenAsync();
    }

    /// <summary>True where a connection is served until its other end closes it; false for one request each.</summary>
    public bool KeepsConnections { get; init; }

    public string SocketPath => Path.Combine(_folder, "s");

    /// <summary>First lines of the requests, without pings.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>What makes the fake keep silent.</summary>
    public const string Silence = "";

    public static string Ok(string body, string headers = "") =>
        $"HTTP/1.1 200 OK\r\n{headers}Connection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public static string Refusal(int status, string body) =>
        $"HTTP/1.1 {status} Refused\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _serving;
        Directory.Delete(_folder, recursive: true);
        _ending.Dispose();
    }

    /// <summary>Takes no new connections, as a daemon that is asked to end; open ones are served on.</summary>
    public void StopListening() => _listener.Dispose();

    private async Task ListenAsync()
    {
        var kept = new List<Task>();
        try
        {
            while (true)
            {
                var serving = ServeAsync(await _listener.AcceptAsync(_ending.Token));
                if (KeepsConnections) kept.Add(serving);
                else await serving;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(kept);
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using (connection)
        {
            try
            {
                do
                {
                    var buffer = new byte[64 * 1024];
                    var read = await connection.ReceiveAsync(buffer, _ending.Token);
                    if (read == 0) return;
                    var line = Encoding.UTF8.GetString(buffer, 0, read).Split("\r\n")[0];
                    var isPing = line.Contains("/_ping", StringComparison.Ordinal);
                    if (!isPing) _requests.Add(line);
                    var text = isPing ? _ping : _answer;
                    if (text == Silence) await Task.Delay(Timeout.Infinite, _ending.Token);
                    await connection.SendAsync(Encoding.UTF8.GetBytes(text), _ending.Token);
                }
                while (KeepsConnections);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The test is over.
            }
        }
    }
}
