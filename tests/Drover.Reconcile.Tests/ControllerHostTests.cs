using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Store;
using Drover.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Reconcile.Tests;

public sealed class ControllerHostTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly ResourceStore _store;
    private ControllerHost? _host;

    public ControllerHostTests() => _store = new ResourceStore(Catalog.All, _time, Guid.NewGuid);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
    }

    [Fact]
    public async Task What_exists_at_start_is_looked_at_and_what_changes_later_too()
    {
        var seen = new List<long>();
        await CreateStackAsync();
        var host = Open(new Stacks(_store, key => seen.Add(key)));
        await RunAsync(host);
        seen.ShouldBe([1]);

        await CreateStackAsync();
        await RunAsync(host);
        seen.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_change_of_a_related_object_touches_the_key_it_refers_to_and_the_one_it_left()
    {
        var seen = new List<long>();
        await CreateStackAsync();
        await CreateStackAsync();
        var host = Open(new Stacks(_store, key => seen.Add(key)));
        await RunAsync(host);
        seen.Clear();

        var service = await WriteAsync(tx => tx.Create(new Service { StackId = 1 }));
        await RunAsync(host);
        seen.ShouldBe([1]);
        await WriteAsync(tx => tx.Put(service with { StackId = 2 }));
        await RunAsync(host);
        seen.ShouldBe([1, 1, 2]);
    }

    [Fact]
    public async Task Its_own_status_does_not_wake_a_reconciler()
    {
        var runs = 0;
        await CreateStackAsync();
        var host = Open(new Stacks(_store, key => runs++));
        await RunAsync(host);

        await WriteAsync(tx => tx.PutSeen("stack", 1, new StackSeen { HealthState = "healthy" }));
        await RunAsync(host);

        runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_conflict_is_tried_again_at_once()
    {
        var runs = 0;
        await CreateStackAsync();
        var host = Open(new Stacks(_store, key =>
        {
            if (++runs < 3) throw new ConflictException("changed");
        }));

        await RunAsync(host);

        runs.ShouldBe(3);
    }

    [Fact]
    public async Task A_transient_fault_is_shown_with_its_reason_and_next_try_and_tried_again()
    {
        var runs = 0;
        await CreateStackAsync();
        var host = Open(new Stacks(_store, key =>
        {
            if (++runs == 1) throw new TransientException("the catalog does not answer");
        }));
        await RunAsync(host);

        var why = _store.Current.Find<Stack>(1)!.Seen.Why.ShouldNotBeNull();
        why.Reason.ShouldBe("the catalog does not answer");
        why.Since.ShouldBe(_time.GetUtcNow());
        why.NextTry.ShouldBe(host.NextWake);
        _time.Advance(host.NextWake!.Value - _time.GetUtcNow());
        await RunAsync(host);
        runs.ShouldBe(2);
        host.Metrics.Defects.ShouldBe(0);
    }

    [Fact]
    public async Task A_defect_is_counted_and_shown_and_stops_nobody_else()
    {
        var seen = new List<long>();
        await CreateStackAsync();
        await CreateStackAsync();
        var host = Open(new Stacks(_store, key =>
        {
            if (key == 1) throw new InvalidOperationException("a bug");
            seen.Add(key);
        }));

        await RunAsync(host);

        seen.ShouldBe([2]);
        host.Metrics.Defects.ShouldBe(1);
        _store.Current.Find<Stack>(1)!.Seen.Why!.Reason.ShouldBe("Stacks failed: a bug");
    }

    [Fact]
    public async Task A_problem_of_the_object_waits_for_its_change()
    {
        var runs = 0;
        await CreateStackAsync();
        var host = Open(new Stacks(_store, key =>
        {
            runs++;
            throw new ProblemException(new Problem("InvalidReference", Message: "no such stack"));
        }));
        await RunAsync(host);

        runs.ShouldBe(1);
        host.NextWake.ShouldBeNull();
        _store.Current.Find<Stack>(1)!.Seen.Why!.Reason.ShouldBe("no such stack");
        await WriteAsync(tx => tx.Put(tx.View.Get<Stack>(1)! with { Name = "b" }));
        await RunAsync(host);
        runs.ShouldBe(2);
    }

    [Fact]
    public async Task A_wake_up_runs_the_key_again_at_its_time()
    {
        var runs = 0;
        await CreateStackAsync();
        var host = Open(new Stacks(_store, key => runs++) { WakeAt = _time.GetUtcNow().AddMinutes(5) });
        await RunAsync(host);
        _time.Advance(TimeSpan.FromMinutes(4));
        await RunAsync(host);
        runs.ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        await host.StepAsync(TestContext.Current.CancellationToken);
        runs.ShouldBe(2);
    }

    [Fact]
    public async Task Workers_run_without_being_stepped()
    {
        var ran = new TaskCompletionSource<long>();
        _host = new ControllerHost(_store, [new Stacks(_store, ran.SetResult)], [], _time, ControllerOptions.Default, NullLogger<ControllerHost>.Instance);
        _host.Start();

        await CreateStackAsync();

        (await ran.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    private ControllerHost Open(Reconciler reconciler)
    {
        _host = new ControllerHost(_store, [reconciler], [], _time, ControllerOptions.Default, NullLogger<ControllerHost>.Instance);
        _host.Open();
        return _host;
    }

    private static async Task RunAsync(ControllerHost host)
    {
        var steps = 0;
        while (await host.StepAsync(TestContext.Current.CancellationToken)) (++steps).ShouldBeLessThan(100, "it runs in circles");
    }

    private Task<Stack> CreateStackAsync() => WriteAsync(tx => tx.Create(new Stack { Name = "a" }));

    private Task<T> WriteAsync<T>(Func<WriteTx, T> body) => _store.WriteAsync(body, TestContext.Current.CancellationToken);

    private Task WriteAsync(Action<WriteTx> body) => _store.WriteAsync(body, TestContext.Current.CancellationToken);

    private sealed class Stacks(ResourceStore store, Action<long> run) : Reconciler<Stack>(store)
    {
        public DateTimeOffset? WakeAt { get; init; }

        public override ImmutableArray<Source> Reads => [Source.Own<Stack>(), Source.Of<Service>(s => s.StackId)];

        public override ImmutableArray<string> Writes => ["stack.seen"];

        public override Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
        {
            run(key);
            return Task.FromResult(new Outcome(WakeAt));
        }
    }
}
