using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Drover.Integration.Durability;

/// <summary>One run of the real server: writers and a subscriber note what they are told until it is killed.</summary>
internal sealed class ServerRun(RealServer server, Recorder recorder, int killAfter, CancellationToken cancel)
{
    private const string Stacks = "v2-beta/projects/1a5/stacks";
    private int _events;
    private Task? _kill;

    /// <summary>All stacks of the Default environment that somebody made here, by id.</summary>
    public static async Task<Dictionary<string, Known>> ListAsync(RealServer server, CancellationToken cancel)
    {
        var all = new Dictionary<string, Known>(StringComparer.Ordinal);
        for (var page = new Uri(server.Url, Stacks + "?limit=1000"); page is not null;)
        {
            using var list = JsonDocument.Parse(await server.Http.GetStringAsync(page, cancel));
            foreach (var stack in list.RootElement.GetProperty("data").EnumerateArray())
                if (IsOurs(stack) && Known.Of(stack) is var known)
                    all[known.Id] = known;
            page = list.RootElement.TryGetProperty("pagination", out var pages) && pages.ValueKind == JsonValueKind.Object && pages.TryGetProperty("next", out var next) && next.GetString() is { } url ? new Uri(url) : null;
        }

        return all;
    }

    /// <summary>Writes until the server is dead.</summary>
    public async Task UntilKilledAsync(int writers)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Url.Authority}/v2-beta/projects/1a5/subscribe?eventNames=resource.change"), cancel);
        await Task.WhenAll([ListenAsync(socket), .. Enumerable.Range(0, writers).Select(WriteAsync)]);
        await _kill!;
    }

    private async Task ListenAsync(ClientWebSocket socket)
    {
        var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), cancel);
                if (part.MessageType == WebSocketMessageType.Close) return;
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                Read(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length));
                message.SetLength(0);
            }
        }
        catch (WebSocketException)
        {
            // The server died: what it had shown is noted.
        }
    }

    private void Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        if (json.RootElement.GetProperty("name").GetString() != "resource.change") return;
        var stack = json.RootElement.GetProperty("data").GetProperty("resource");
        if (!IsOurs(stack)) return;
        recorder.Show(Known.Of(stack));
        Count();
    }

    private async Task WriteAsync(int writer)
    {
        try
        {
            while (true)
            {
                var stack = await SendAsync(HttpMethod.Post, Stacks, $$"""{"name":"s{{Guid.NewGuid():n}}","description":"0"}""");
                for (var step = 1; step < 3; step++)
                    await SendAsync(HttpMethod.Put, $"{Stacks}/{stack.Id}", $$"""{"description":"{{step}}"}""");
            }
        }
        catch (HttpRequestException died) when (died.StatusCode is null)
        {
            // The server died before it answered: nothing was promised.
        }
    }

    private async Task<Known> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var reply = await server.Http.SendAsync(request, cancel);
        var text = await reply.Content.ReadAsStringAsync(cancel);
        if (!reply.IsSuccessStatusCode) throw new InvalidOperationException($"{method} {path} was answered {(int)reply.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        var known = Known.Of(json.RootElement);
        recorder.Acknowledge(known);
        Count();
        return known;
    }

    /// <summary>Kills the server at the chosen event, while the others are under way.</summary>
    private void Count()
    {
        if (Interlocked.Increment(ref _events) == killAfter) _kill = server.KillAsync();
    }

    private static bool IsOurs(JsonElement resource)
        => resource.GetProperty("type").GetString() == "stack" && int.TryParse(resource.GetProperty("description").GetString(), out _);
}
