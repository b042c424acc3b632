using System.Threading.Channels;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Agents;
using Drover.Store;

namespace Drover.Server.Hosts;

/// <summary>What every session of an agent is held with.</summary>
public sealed record SessionParts(ResourceStore Store, AgentSessions Sessions, AssignmentHub Hub, StatusIntake Intake, IHostProjection Projection, ServiceAccountSecrets Secrets, TimeProvider Time);

/// <summary>Talks with one agent over one connection: welcome, its inventory, then assignments out and reports in.</summary>
/// <param name="parts">What all sessions share.</param>
/// <param name="hostId">The agent's host.</param>
/// <param name="channel">The connection.</param>
/// <param name="origin">Where the agent reaches this server.</param>
public sealed class AgentConversation(SessionParts parts, long hostId, IAgentChannel channel, string origin)
{
    /// <summary>How long the first assignments wait for the host's inventory.</summary>
    private static readonly TimeSpan InventoryPatience = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _inventory = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ServerMessage> _outgoing = Channel.CreateBounded<ServerMessage>(1);
    private bool _engineUp;

    /// <summary>Runs until the agent is gone, a newer session takes over, the host is removed or the server stops.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (await channel.ReceiveAsync(cancel).ConfigureAwait(false) is not Hello hello) return;
        if (Refusal(hello) is { } refused)
        {
            await channel.SendAsync(refused, cancel).ConfigureAwait(false);
            await channel.CloseAsync().ConfigureAwait(false);
            return;
        }

        using var lease = parts.Sessions.Open(hostId, [.. hello.Streams]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, lease.Superseded);
        var environmentId = parts.Store.Current.Find<Host>(hostId)!.Wanted.AccountId ?? 0;
        _engineUp = hello.Host.EngineUp;
        await parts.Store.WriteAsync(tx => Greet(tx, hello.Host), stop.Token).ConfigureAwait(false);
        using var stream = new AssignmentStream(parts.Store, hostId, environmentId, parts.Projection, new ServiceAccountVariables(parts.Secrets, origin), parts.Time);
        using var membership = parts.Hub.Join(stream);
        var version = Math.Min(hello.Version, Wire.Version);
        await channel.SendAsync(new Welcome(version, lease.Number, ResourceId.Format(Catalog.All.Of<Host>(), hostId), HostLiveness.HeartbeatSeconds), stop.Token).ConfigureAwait(false);
        await TalkAsync(lease, stream, stop).ConfigureAwait(false);
    }

    private async Task TalkAsync(AgentSessions.Lease lease, AssignmentStream stream, CancellationTokenSource stop)
    {
        Task[] all = [ReadAsync(lease, stream, stop.Token), SendAsync(lease, stream, stop.Token), PassOnAsync(lease, stop.Token), SendAsync(stop.Token)];
        await Task.WhenAny(all).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await channel.CloseAsync().ConfigureAwait(false);
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReadAsync(AgentSessions.Lease lease, AssignmentStream stream, CancellationToken cancel)
    {
        while (await channel.ReceiveAsync(cancel).ConfigureAwait(false) is { } message)
        {
            lease.Heard();
            if (message is Heartbeat { Assigned: { } assigned }) lease.Told.Took(assigned, parts.Time.GetUtcNow());
            if (message is NeedComplete) stream.MarkComplete();
            if (message is not (Inventory or StatusReport)) continue;
            if (message is StatusReport { Host: { } said }) _engineUp = said.EngineUp;
            var report = new HostReport(hostId, stream.IdOf, message, _engineUp);
            parts.Intake.Add(report);
            await report.Written.Task.WaitAsync(cancel).ConfigureAwait(false);
            if (message is Inventory) _inventory.TrySetResult();
        }
    }

    private async Task SendAsync(AgentSessions.Lease lease, AssignmentStream stream, CancellationToken cancel)
    {
        if (_engineUp) await _inventory.Task.WaitAsync(InventoryPatience, parts.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (true)
        {
            var message = await stream.NextAsync(cancel).ConfigureAwait(false);
            lease.Told.Tell(message, parts.Time.GetUtcNow());
            await _outgoing.Writer.WriteAsync(message, cancel).ConfigureAwait(false);
        }
    }

    private async Task PassOnAsync(AgentSessions.Lease lease, CancellationToken cancel)
    {
        while (true) await _outgoing.Writer.WriteAsync(await lease.Messages.ReadAsync(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
    }

    /// <summary>One at a time; assignments merge on while the one before is on its way.</summary>
    private async Task SendAsync(CancellationToken cancel)
    {
        while (true) await channel.SendAsync(await _outgoing.Reader.ReadAsync(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
    }

    private void Greet(WriteTx tx, HostDescription said)
    {
        if (tx.View.Find<Host>(hostId) is { } host) ReportedHosts.Describe(tx, host, said);
    }

    private Refused? Refusal(Hello hello)
    {
        if (hello.Version < Wire.OldestVersion) return new Refused($"This server speaks version {Wire.OldestVersion} to {Wire.Version} of the protocol, the agent {hello.Version}: upgrade the agent", 300);
        if (parts.Store.Current.Find<Host>(hostId) is not { IsRemoved: false, Wanted: Host host }) return new Refused("This host was removed", 3600, Final: true);
        return host.ReportedUuid is { } uuid && uuid != hello.Host.Uuid
            ? new Refused("Please re-register this agent: its keys belong to another machine", 300, Final: true)
            : null;
    }
}
