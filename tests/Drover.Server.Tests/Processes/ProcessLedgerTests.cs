using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Processes;
using Drover.Store;
using Drover.Testing;

namespace Drover.Server.Tests.Processes;

public sealed class ProcessLedgerTests : IAsyncDisposable
{
    private static readonly int Services = ProcessNames.FamilyOf(Catalog.All.Of<Service>());
    private static readonly int Instances = ProcessNames.FamilyOf(Catalog.All.Of<Container>());

    private readonly ManualTime _time = new();
    private readonly ResourceStore _store;
    private readonly ProcessLedger _ledger;

    public ProcessLedgerTests()
    {
        _store = new ResourceStore(Catalog.All, _time, Guid.NewGuid);
        _ledger = new ProcessLedger(_time);
        _ledger.Follow(_store);
    }

    public ValueTask DisposeAsync()
    {
        _ledger.Dispose();
        return _store.DisposeAsync();
    }

    [Fact]
    public void A_process_begins_with_the_commit_that_asks_and_ends_when_the_object_has_settled()
    {
        var start = _time.GetUtcNow();
        var id = CreateService();
        var open = Open(id)!;
        open.Name.ShouldBe("service.create");
        open.AccountId.ShouldBe(5);
        open.Start.ShouldBe(start);
        _time.Advance(TimeSpan.FromSeconds(3));

        Settle(id, "inactive");

        Open(id).ShouldBeNull();
        var ended = Ended().ShouldHaveSingleItem();
        ended.Id.ShouldBe(open.Id);
        ended.Ended.ShouldBe(ProcessEnd.Done);
        (ended.End - ended.Start).ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void The_name_of_a_process_is_the_action_that_was_asked_for()
    {
        var id = CreateService();
        Settle(id, "inactive");

        Ask(id, "activate");

        Open(id)!.Name.ShouldBe("service.activate");
    }

    [Fact]
    public void An_object_has_one_process_at_a_time_and_what_is_asked_meanwhile_ends_the_one_before()
    {
        var id = CreateService();
        Settle(id, "active");
        Ask(id, "upgrade");

        Ask(id, "cancelupgrade");

        Open(id)!.Name.ShouldBe("service.cancelupgrade");
        _ledger.OpenIn(Services).ShouldHaveSingleItem();
        Ended().Select(process => (process.Name, process.Ended)).ShouldBe([("service.create", ProcessEnd.Done), ("service.upgrade", ProcessEnd.StateChanged)]);
    }

    [Fact]
    public void An_object_that_goes_while_something_else_was_asked_of_it_cancels_that()
    {
        var id = CreateService();

        Write(tx =>
        {
            Seen(tx, id, seen => seen with { State = "removed", Removed = tx.Now });
            tx.Bury("service", id);
        });

        Ended().ShouldHaveSingleItem().Ended.ShouldBe(ProcessEnd.Canceled);
    }

    [Fact]
    public void A_removal_that_was_asked_for_is_done_when_the_object_is_gone()
    {
        var id = CreateService();
        Settle(id, "active");
        Ask(id, "remove");

        Write(tx =>
        {
            Seen(tx, id, seen => seen with { State = "removed", Generation = 2, Removed = tx.Now });
            tx.Bury("service", id);
        });

        Ended()[^1].ShouldSatisfyAllConditions(last => last.Name.ShouldBe("service.remove"), last => last.Ended.ShouldBe(ProcessEnd.Done));
    }

    [Fact]
    public void What_had_settled_and_waits_again_is_reconciled_until_it_has_settled_again()
    {
        var id = CreateService();
        Settle(id, "active");

        Write(tx => Seen(tx, id, seen => seen with { Why = new Why("a container ended", tx.Now, null) }));

        Open(id)!.Name.ShouldBe("service.reconcile");
        Settle(id, "active");
        Ended()[^1].Name.ShouldBe("service.reconcile");
    }

    [Fact]
    public void A_process_that_fails_tells_each_try_with_its_reason_and_its_next_try()
    {
        var id = CreateService();

        Fail(id, "no such image", seconds: 1);
        Fail(id, "no such image", seconds: 2);
        Fail(id, "registry is down", seconds: 4);

        var open = Open(id)!;
        open.Failures.ShouldBe(3);
        open.Troubles.Select(trouble => trouble.Reason).ShouldBe(["no such image", "no such image", "registry is down"]);
        open.Troubles.Select(trouble => trouble.NextTry - trouble.At).ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)]);
        Settle(id, "active");
        Ended().ShouldHaveSingleItem().ShouldSatisfyAllConditions(ended => ended.Ended.ShouldBe(ProcessEnd.Done), ended => ended.Failures.ShouldBe(3));
    }

    [Fact]
    public void A_next_try_under_way_is_not_another_failure()
    {
        var id = CreateService();
        Fail(id, "no such image", seconds: 1);

        Write(tx => Seen(tx, id, seen => seen with { Why = seen.Why! with { NextTry = null } }));

        Open(id)!.Failures.ShouldBe(1);
    }

    [Fact]
    public void Progress_is_no_failure()
    {
        var id = CreateService();

        Write(tx => Seen(tx, id, seen => seen with { Why = new Why("Its containers are on their way", tx.Now, null) }));

        Open(id)!.ShouldSatisfyAllConditions(open => open.Name.ShouldBe("service.create"), open => open.Failures.ShouldBe(0));
    }

    [Fact]
    public void Of_many_tries_the_first_ones_and_the_newest_are_told()
    {
        var id = CreateService();

        for (var i = 1; i <= 100; i++) Fail(id, $"try {i}", seconds: i);

        var open = Open(id)!;
        open.Failures.ShouldBe(100);
        open.Troubles.Length.ShouldBe(TroubleLog.MostTries);
        open.Troubles[0].Reason.ShouldBe("try 1");
        open.Troubles[^1].Reason.ShouldBe("try 100");
    }

    [Fact]
    public void After_a_restart_what_is_under_way_goes_on_under_the_same_number()
    {
        var id = CreateService();
        var before = Open(id)!;
        var created = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(5));

        using var next = new ProcessLedger(_time);
        next.Follow(_store);

        var after = next.FindOpen(_store.Current, Services, id)!;
        after.Id.ShouldBe(before.Id);
        after.Name.ShouldBe("service.create");
        after.Start.ShouldBe(created);
        after.IsFound.ShouldBeTrue();
    }

    [Fact]
    public void A_flood_of_processes_without_trouble_does_not_wash_away_those_that_met_some()
    {
        var failing = CreateService();
        Fail(failing, "no such image", seconds: 1);
        Settle(failing, "active");

        for (var i = 0; i < 10; i++)
        {
            var ids = Enumerable.Range(0, ProcessLedger.MostEnded / 8).Select(_ => CreateService()).ToList();
            foreach (var id in ids) Settle(id, "active");
        }

        Ended().Length.ShouldBe(ProcessLedger.MostEnded + 1);
        Ended().ShouldContain(process => process.Id.Object == failing);
    }

    [Fact]
    public void What_ended_longer_ago_is_purged()
    {
        Settle(CreateService(), "active");
        _time.Advance(TimeSpan.FromHours(1));
        Settle(CreateService(), "active");

        _ledger.Purge(_time.GetUtcNow());

        Ended().ShouldHaveSingleItem().End.ShouldBe(_time.GetUtcNow());
    }

    [Fact]
    public void A_container_that_finds_no_host_says_so()
    {
        var id = Write(tx => tx.Create(new Container { Name = "c", AccountId = 5 })).Id;

        Write(tx => tx.PutSeen("instance", id, tx.View.Find("instance", id)!.Seen with { Why = new Why("Scheduling failed: no host", tx.Now, null) }));

        _ledger.FindOpen(_store.Current, Instances, id)!.Troubles.ShouldHaveSingleItem().Reason.ShouldBe("Scheduling failed: no host");
    }

    private long CreateService() => Write(tx => tx.Create(new Service { Name = "web", AccountId = 5 })).Id;

    private void Settle(long id, string state)
        => Write(tx => Seen(tx, id, seen => seen with { State = state, Generation = tx.View.Find("service", id)!.Wanted.Generation, Failed = false, Why = null }));

    private void Fail(long id, string reason, int seconds)
        => Write(tx => Seen(tx, id, seen => seen with { Why = new Why(reason, seen.Why?.Since ?? tx.Now, tx.Now.AddSeconds(seconds)) }));

    private void Ask(long id, string action) => Write(tx => tx.Ask(tx.View.Get<Service>(id)!, action));

    private Process? Open(long id) => _ledger.FindOpen(_store.Current, Services, id);

    private ImmutableArray<Process> Ended() => _ledger.EndedIn(Services, DateTimeOffset.MinValue);

    private static void Seen(WriteTx tx, long id, Func<Seen, Seen> change) => tx.PutSeen("service", id, change(tx.View.Find("service", id)!.Seen));

    private T Write<T>(Func<WriteTx, T> body) => _store.WriteAsync(body).GetAwaiter().GetResult();

    private void Write(Action<WriteTx> body) => Write(tx =>
    {
        body(tx);
        return true;
    });
}
