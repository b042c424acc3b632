using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Volumes;
using Drover.Server.Hosts;
using Drover.Store;
using Drover.Testing;

namespace Drover.Server.Tests.Hosts;

public sealed class HostReconcilerTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly ResourceStore _store;
    private readonly AgentSessions _sessions;
    private readonly HostReconciler _reconciler;
    private readonly long _environment;

    public HostReconcilerTests()
    {
        _store = new ResourceStore(Catalog.All, _time, Guid.NewGuid);
        _sessions = new AgentSessions(_time);
        _reconciler = new HostReconciler(_store, _sessions, _time);
        _environment = Write(tx => tx.Create(new Project { Name = "e" })).Id;
        var agent = Write(tx => tx.Create(new Model.Agents.Agent { AccountId = _environment }));
        Write(tx => tx.Create(new Host { AccountId = _environment, AgentId = agent.Id }));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public void A_new_host_is_active_and_its_agent_not_yet_there()
    {
        Reconcile();

        Host.State.ShouldBe("active");
        Seen.AgentState.ShouldBe("reconnecting");
        Seen.Why!.Reason.ShouldContain("does not answer");
    }

    [Fact]
    public void A_session_makes_it_active_and_silence_wears_it_out()
    {
        using (_sessions.Open(1))
        {
            Reconcile();
            Seen.AgentState.ShouldBe("active");
            Seen.Why.ShouldBeNull();
            AgentEntry.State.ShouldBe("active");
        }

        _time.Advance(TimeSpan.FromSeconds(15));
        Reconcile();
        Seen.AgentState.ShouldBe("reconnecting");
        var since = Seen.Why!.Since;
        _time.Advance(TimeSpan.FromSeconds(180));
        Reconcile();
        Seen.AgentState.ShouldBe("disconnected");
        AgentEntry.State.ShouldBe("disconnected");
        Seen.Why!.Since.ShouldBeGreaterThanOrEqualTo(since);
    }

    [Fact]
    public void Nothing_is_written_while_nothing_changes()
    {
        using var session = _sessions.Open(1);
        Reconcile();
        var revision = _store.Current.Revision;

        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            session.Heard();
            Reconcile();
        }

        _store.Current.Revision.ShouldBe(revision);
    }

    [Fact]
    public void It_wakes_when_silence_would_matter()
    {
        using var session = _sessions.Open(1);

        Reconcile().ShouldBe(_time.GetUtcNow() + HostLiveness.Patience);
    }

    [Fact]
    public void Deactivation_and_activation_settle()
    {
        using var session = _sessions.Open(1);
        Reconcile();

        Write(tx => tx.Ask((Host)Host.Wanted, "deactivate"));
        Host.State.ShouldBe("deactivating");
        Reconcile();
        Host.State.ShouldBe("inactive");
        Write(tx => tx.Ask((Host)Host.Wanted, "activate"));
        Reconcile();
        Host.State.ShouldBe("active");
    }

    [Fact]
    public void A_removed_host_takes_agent_and_volumes_along_and_ends_its_session()
    {
        using var session = _sessions.Open(1);
        Reconcile();
        Write(tx => tx.Create(new Volume { AccountId = _environment, Name = "data", HostId = 1 }));

        Write(tx => { HostRemoval.Forget(tx, tx.View.Find<Host>(1)!); return 0; });
        Reconcile();

        _store.Current.Count("host").ShouldBe(0);
        _store.Current.Count("agent").ShouldBe(0);
        _store.Current.Count("volume").ShouldBe(0);
        session.Superseded.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void A_host_that_stays_away_is_removed_where_the_environment_says_so()
    {
        Write(tx => tx.Put(tx.View.Get<Project>(_environment)! with { HostRemoveDelaySeconds = 60 }));
        _sessions.Open(1).Dispose();
        Reconcile();
        _time.Advance(TimeSpan.FromSeconds(899));
        Reconcile();
        _store.Current.Count("host").ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(1));
        Reconcile();

        _store.Current.Count("host").ShouldBe(0);
    }

    private Entry Host => _store.Current.Find<Host>(1)!;

    private HostSeen Seen => (HostSeen)Host.Seen;

    private Entry AgentEntry => _store.Current.Find<Model.Agents.Agent>(1)!;

    private DateTimeOffset? Reconcile() => _reconciler.ReconcileAsync(1, CancellationToken.None).GetAwaiter().GetResult().WakeAt;

    private T Write<T>(Func<WriteTx, T> body) => _store.WriteAsync(body).GetAwaiter().GetResult();

    private void Write(Action<WriteTx> body) => Write(tx => { body(tx); return 0; });
}
