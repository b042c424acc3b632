using System.Collections.Concurrent;
using System.Threading.Channels;
using Drover.Protocol;

namespace Drover.Server.Hosts;

/// <summary>The open sessions of this server and when each host was last heard. Held in memory only: a heartbeat is never written.</summary>
public sealed class AgentSessions(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, Contact> _contacts = [];

    /// <summary>When the server began to listen.</summary>
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>Called with a host's number when a session of it begins or ends. Handlers must be quick.</summary>
    public event Action<long>? Changed;

    /// <summary>Begins a session: the newest of a host wins, the one before is cancelled.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="streams">The purposes of streams that its agent serves.</param>
    public Lease Open(long hostId, params IReadOnlyList<string> streams)
    {
        var lease = new Lease(this, hostId, time.GetUtcNow().ToUnixTimeMilliseconds()) { Streams = streams };
        _contacts.AddOrUpdate(
            hostId,
            _ => new Contact(lease, time.GetUtcNow()),
            (_, old) =>
            {
                if (old.Lease is { } before && before.Number >= lease.Number) lease.Number = before.Number + 1;
                old.Lease?.Cancel();
                return new Contact(lease, time.GetUtcNow());
            });
        Changed?.Invoke(hostId);
        return lease;
    }

    /// <summary>When a host was last heard; the server's start where it never was.</summary>
    public DateTimeOffset LastHeard(long hostId)
        => _contacts.TryGetValue(hostId, out var contact) ? contact.Heard : Started;

    /// <summary>Ends the host's session, where one is open.</summary>
    public void Close(long hostId)
    {
        if (_contacts.TryGetValue(hostId, out var contact)) contact.Lease?.Cancel();
    }

    /// <summary>Sends a message beside the assignments; false where no session is open or too much waits already.</summary>
    public bool Tell(long hostId, ServerMessage message) => _contacts.TryGetValue(hostId, out var contact) && contact.Lease?.TryTell(message) == true;

    /// <summary>True where the host's session is open and its agent serves streams of this purpose.</summary>
    public bool Serves(long hostId, string purpose) => _contacts.TryGetValue(hostId, out var contact) && contact.Lease?.Streams.Contains(purpose) == true;

    /// <summary>The open session of a host; null where there is none.</summary>
    public Lease? Find(long hostId) => _contacts.TryGetValue(hostId, out var contact) ? contact.Lease : null;

    /// <summary>Hosts whose session is open.</summary>
    public int Count => _contacts.Count(contact => contact.Value.Lease is not null);

    /// <summary>True while a session of the host is open.</summary>
    public bool IsOpen(long hostId) => _contacts.TryGetValue(hostId, out var contact) && contact.Lease is not null;

    private sealed record Contact(Lease? Lease, DateTimeOffset Heard);

    /// <summary>The right to be a host's session, until it is closed or a newer one comes.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly AgentSessions _sessions;
        private readonly CancellationTokenSource _superseded = new();
        private readonly Channel<ServerMessage> _messages = Channel.CreateBounded<ServerMessage>(1000);

        internal Lease(AgentSessions sessions, long hostId, long number)
        {
            _sessions = sessions;
            HostId = hostId;
            Number = number;
        }

        public long HostId { get; }

        /// <summary>Rises with every session of the host, also over restarts of the server.</summary>
        public long Number { get; internal set; }

        /// <summary>Cancelled when a newer session of the host begins.</summary>
        public CancellationToken Superseded => _superseded.Token;

        /// <summary>The purposes of streams that the agent serves.</summary>
        public IReadOnlyList<string> Streams { get; init; } = [];

        /// <summary>What the host was told in this session and how much of it the agent took.</summary>
        public ToldParts Told { get; } = new();

        /// <summary>What is to be sent beside the assignments.</summary>
        public ChannelReader<ServerMessage> Messages => _messages.Reader;

        internal bool TryTell(ServerMessage message) => _messages.Writer.TryWrite(message);

        /// <summary>The host said something.</summary>
        public void Heard()
        {
            if (_sessions._contacts.TryGetValue(HostId, out var contact) && contact.Lease == this)
                _sessions._contacts.TryUpdate(HostId, contact with { Heard = _sessions.Now }, contact);
        }

        public void Dispose()
        {
            if (_sessions._contacts.TryGetValue(HostId, out var contact) && contact.Lease == this)
                _sessions._contacts.TryUpdate(HostId, contact with { Lease = null }, contact);
            _sessions.Changed?.Invoke(HostId);
        }

        internal void Cancel() => _superseded.Cancel();
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
