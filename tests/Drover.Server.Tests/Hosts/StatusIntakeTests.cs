using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Hosts;
using Drover.Store;
using Drover.Testing;

namespace Drover.Server.Tests.Hosts;

public sealed class StatusIntakeTests : IAsyncDisposable
{
    private readonly ResourceStore _store;
    private readonly StatusIntake _intake;
    private int _commits;

    public StatusIntakeTests()
    {
        _store = new ResourceStore(Catalog.All, new ManualTime(), Guid.NewGuid);
        for (var i = 0; i < 2; i++) Write(tx => tx.Create(new Host { AccountId = 5 }, new HostSeen { Hostname = "h" }));
        for (var i = 1; i <= 10; i++)
        {
            var number = i;
            Write(tx => tx.Create(new Container { AccountId = 5, HostId = 1 + (number % 2), Uuid = $"u{number}", Name = $"c{number}" }));
        }

        _intake = new StatusIntake(_store);
        _store.Watch(_ => _commits++);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task All_that_waits_is_written_in_one_commit()
    {
        var reports = Enumerable.Range(1, 10).Select(i => Report(1 + (i % 2), Running($"u{i}"))).ToList();
        foreach (var report in reports) _intake.Add(report);

        (await _intake.StepAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();

        _commits.ShouldBe(1);
        _store.Current.All<Container>().ShouldAllBe(c => c.State == "running");
        reports.ShouldAllBe(r => r.Written.Task.IsCompletedSuccessfully);
        (await _intake.StepAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_says_nothing_new_is_not_written()
    {
        _intake.Add(Report(2, Running("u1")));
        await _intake.StepAsync(TestContext.Current.CancellationToken);
        var revision = _store.Current.Revision;

        _intake.Add(Report(2, Running("u1")));
        await _intake.StepAsync(TestContext.Current.CancellationToken);

        _store.Current.Revision.ShouldBe(revision);
    }

    [Fact]
    public async Task A_host_speaks_for_its_own_containers_alone()
    {
        _intake.Add(Report(1, Running("u1")));
        _intake.Add(new HostReport(1, _ => 1, new StatusReport([Running("u1")]), EngineUp: true));
        await _intake.StepAsync(TestContext.Current.CancellationToken);

        _store.Current.Find<Container>(1)!.State.ShouldBe("creating", "it is on the other host");
    }

    [Fact]
    public async Task A_container_missing_in_an_inventory_is_gone_unless_the_engine_is_down_or_it_never_was_there()
    {
        _intake.Add(Report(2, Running("u1"), Running("u3")));
        await _intake.StepAsync(TestContext.Current.CancellationToken);

        _intake.Add(new HostReport(2, _ => null, new Inventory([Running("u1")], []), EngineUp: false));
        await _intake.StepAsync(TestContext.Current.CancellationToken);
        _store.Current.Find<Container>(3).ShouldNotBeNull();

        _intake.Add(new HostReport(2, _ => null, new Inventory([Running("u1")], []), EngineUp: true));
        await _intake.StepAsync(TestContext.Current.CancellationToken);
        _store.Current.Find<Container>(3).ShouldBeNull();
        _store.Current.Find<Container>(5).ShouldNotBeNull("it is still on its way there");
    }

    [Fact]
    public async Task What_a_host_says_of_itself_is_kept_and_labels_of_people_stay()
    {
        Write(tx => tx.Put(tx.View.Get<Host>(1)! with { Labels = EquatableMap.Of(("mine", "1"), ("io.rancher.host.docker_version", "1.0")) }));
        var said = new HostDescription { Uuid = "x", Hostname = "new", EngineVersion = "20.10.24", EngineUp = true, CpuCount = 2, MemoryBytes = 1 << 30, Labels = EquatableMap.Of<string>() };

        _intake.Add(new HostReport(1, _ => null, new StatusReport(Host: said), EngineUp: true));
        await _intake.StepAsync(TestContext.Current.CancellationToken);

        var host = _store.Current.Find<Host>(1)!;
        ((HostSeen)host.Seen).Hostname.ShouldBe("new");
        var labels = ((Host)host.Wanted).Labels;
        labels["mine"].ShouldBe("1");
        labels["io.rancher.host.docker_version"].ShouldBe("20.10");
    }

    [Fact]
    public async Task Reports_of_a_removed_host_are_passed_over()
    {
        var report = Report(9, Running("u1"));
        _intake.Add(report);

        await _intake.StepAsync(TestContext.Current.CancellationToken);

        report.Written.Task.IsCompletedSuccessfully.ShouldBeTrue();
        _store.Current.Find<Container>(1)!.State.ShouldBe("creating");
    }

    private static ContainerStatus Running(string uuid) => new() { Uuid = uuid, State = SeenState.Running, Generation = 1, EngineId = "e" + uuid, StartCount = 1 };

    private static HostReport Report(long host, params ContainerStatus[] containers) => new(host, _ => null, new StatusReport([.. containers]), EngineUp: true);

    private void Write<T>(Func<WriteTx, T> body) => _store.WriteAsync(body).GetAwaiter().GetResult();

    private void Write(Action<WriteTx> body) => _store.WriteAsync(body).GetAwaiter().GetResult();
}
