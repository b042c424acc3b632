using System.Net.WebSockets;
using Drover.Protocol;
using Drover.Server.Hosts;
using Drover.Server.Streams;
using Drover.Testing;

namespace Drover.Server.Tests.Streams;

public sealed class StreamBrokerTests
{
    [Fact]
    public async Task A_stream_that_is_over_is_given_back_once_though_both_ends_let_go_of_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        var time = new ManualTime();
        var sessions = new AgentSessions(time);
        using var lease = sessions.Open(1, new OpenStream("x", Stats: true).Purpose);
        var broker = new StreamBroker(sessions, IdSource.System, time);
        var id = "";
        var opening = broker.OpenAsync(1, user: 7, named => new OpenStream(id = named, Stats: true), cancel);
        var taking = broker.AcceptAsync(id, 1, () => Task.FromResult<WebSocket>(new Willing()));
        var stream = await opening;
        broker.Open.ShouldBe(1);

        await stream.DisposeAsync();

        (await taking).ShouldBeTrue();
        broker.Open.ShouldBe(0);
    }

    /// <summary>A host's end that says that the stream works, and nothing after it.</summary>
    private sealed class Willing : WebSocket
    {
        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Open;

        public override string? SubProtocol => null;

        public override void Abort()
        {
        }

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Dispose()
        {
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
        {
            var note = Wire.Encode(new StreamOpened());
            note.CopyTo(buffer.AsSpan());
            return Task.FromResult(new WebSocketReceiveResult(note.Length, WebSocketMessageType.Text, endOfMessage: true));
        }

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
