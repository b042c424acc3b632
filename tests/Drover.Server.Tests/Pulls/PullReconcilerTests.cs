using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Protocol;
using Drover.Server.Hosts;
using Drover.Server.Pulls;
using Drover.Server.Streams;
using Drover.Store;
using Drover.Testing;

namespace Drover.Server.Tests.Pulls;

/// <summary>Pull tasks over time, with hosts that no agent stands behind.</summary>
public sealed class PullReconcilerTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly ResourceStore _store;
    private readonly AgentSessions _sessions;
    private readonly PullCalls _calls;
    private readonly PullReconciler _reconciler;
    private readonly TaskCompletionSource _ended = new();
    private readonly long _task;

    public PullReconcilerTests()
    {
        _store = new ResourceStore(Catalog.All, _time, Guid.NewGuid);
        _sessions = new AgentSessions(_time);
        _calls = new PullCalls(_sessions, new StreamBroker(_sessions, IdSource.System, _time), _time);
        _calls.Ended += _ => _ended.TrySetResult();
        _reconciler = new PullReconciler(_store, _calls, _time);
        var environment = Write(tx => tx.Create(new Project { Name = "e" })).Id;
        Write(tx => tx.Create(new Host { AccountId = environment, Name = "one" }, new HostSeen { Generation = 1, State = "active", AgentState = "active" }));
        _task = Write(tx => tx.Create(new PullTask { AccountId = environment, Image = "nginx:1", State = "activating", Generation = 1 }, new PullTaskSeen())).Id;
    }

    public ValueTask DisposeAsync()
    {
        _calls.Dispose();
        return _store.DisposeAsync();
    }

    [Fact]
    public void A_host_that_went_away_for_good_ends_the_wait()
    {
        Reconcile();
        Seen.Hosts.ShouldBe([new PullOnHost(1, "one", "Pulling")]);

        Write(tx => tx.PutSeen("host", 1, new HostSeen { Generation = 1, State = "active", AgentState = "reconnecting" }));
        Reconcile();
        Task.Transitioning.ShouldBe("yes");

        Write(tx => tx.PutSeen("host", 1, new HostSeen { Generation = 1, State = "active", AgentState = "disconnected" }));
        Reconcile();
        Task.Transitioning.ShouldBe("error");
        Seen.TransitioningMessage.ShouldBe("one: The host does not answer");
    }

    [Fact]
    public void No_task_lasts_longer_than_an_hour()
    {
        var wake = Reconcile();

        _time.Advance(PullPlan.Longest);
        wake.ShouldBe(_time.GetUtcNow());
        Reconcile();

        Task.State.ShouldBe("active");
        Seen.TransitioningMessage.ShouldBe("one: It was not done within 60 minutes");
    }

    [Fact]
    public async Task An_agent_that_knows_no_pulls_is_reported_and_not_waited_for()
    {
        using var session = _sessions.Open(1, StreamPurpose.Logs);
        Reconcile();

        await _ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Reconcile();

        Seen.TransitioningMessage.ShouldBe("one: The host's agent is too old to pull images: upgrade it");
    }

    [Fact]
    public async Task A_server_that_starts_anew_asks_again_whoever_has_not_ended()
    {
        Reconcile();
        Seen.Hosts.ShouldBe([new PullOnHost(1, "one", "Pulling")]);

        var sessions = new AgentSessions(_time);
        using var session = sessions.Open(1, StreamPurpose.Pull);
        using var calls = new PullCalls(sessions, new StreamBroker(sessions, IdSource.System, _time), _time);
        await new PullReconciler(_store, calls, _time).ReconcileAsync(_task, TestContext.Current.CancellationToken);

        var asked = await session.Messages.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        asked.ShouldBeOfType<OpenStream>().Pull.ShouldBe(new PullOrder("nginx:1"));
    }

    [Fact]
    public void A_task_is_forgotten_a_day_after_its_end()
    {
        Reconcile();
        _time.Advance(PullPlan.Longest);
        Reconcile();

        _time.Advance(PullPlan.Kept - TimeSpan.FromSeconds(1));
        Reconcile();
        _store.Current.Find<PullTask>(_task).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        Reconcile();

        _store.Current.Find<PullTask>(_task).ShouldBeNull();
    }

    private Entry Task => _store.Current.Find<PullTask>(_task)!;

    private PullTaskSeen Seen => (PullTaskSeen)Task.Seen;

    private DateTimeOffset? Reconcile() => _reconciler.ReconcileAsync(_task, CancellationToken.None).GetAwaiter().GetResult().WakeAt;

    private T Write<T>(Func<WriteTx, T> act) => _store.WriteAsync(act).GetAwaiter().GetResult();

    private void Write(Action<WriteTx> act) => _store.WriteAsync(act).GetAwaiter().GetResult();
}
