using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Model.Volumes;
using Drover.Reconcile;
using Drover.Scheduling;
using Drover.Server.Containers;
using Drover.Server.Volumes;
using Drover.Store;
using Drover.Testing;

namespace Drover.Server.Tests.Containers;

/// <summary>From containers without a host to a host, step by step on a clock of its own.</summary>
public sealed class PlacementTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly ResourceStore _store;
    private readonly PlacementIndex _index = new();
    private readonly IDisposable _following;
    private readonly List<IPlacementClaim> _claims = [new NamedVolumes()];

    public PlacementTests()
    {
        _store = new ResourceStore(Catalog.All, _time, Guid.NewGuid);
        _following = _index.Follow(_store);
        for (var i = 0; i < 2; i++) Write(tx => tx.Create(new Host { AccountId = 5 }, new HostSeen { State = "active", Generation = 1, Hostname = $"host{tx.View.Count("host")}", AgentState = "active" }));
    }

    public ValueTask DisposeAsync()
    {
        _following.Dispose();
        return _store.DisposeAsync();
    }

    [Fact]
    public void A_placed_container_shows_starting_on_its_host()
    {
        var id = Create(new Container());

        Place();

        var entry = _store.Current.Find<Container>(id)!;
        ((Container)entry.Wanted).HostId.ShouldNotBeNull();
        entry.State.ShouldBe("starting");
        _index.Of(5).Unplaced.ShouldBeEmpty();
    }

    [Fact]
    public void Members_of_a_unit_go_to_one_host_and_the_rest_follows_later()
    {
        Create(new Container { DeploymentUnitUuid = "u" });
        Create(new Container { DeploymentUnitUuid = "u" });
        Place();
        var at = HostOf(1);
        HostOf(2).ShouldBe(at);

        Create(new Container { DeploymentUnitUuid = "u" });
        for (var i = 0; i < 5; i++) Create(new Container());
        Place();

        HostOf(3).ShouldBe(at);
    }

    [Fact]
    public void A_unit_whose_host_is_closed_waits_for_it_and_says_so()
    {
        Create(new Container { DeploymentUnitUuid = "u", HostId = 1 });
        Write(tx => { tx.PutSeen("host", 1, new HostSeen { State = "inactive", Generation = 1, Hostname = "host0" }); return 0; });
        var id = Create(new Container { DeploymentUnitUuid = "u" });

        Place();

        _store.Current.Find<Container>(id)!.Seen.Why!.Reason.ShouldBe("Scheduling failed: host0 is inactive");
    }

    [Fact]
    public void A_container_follows_the_one_whose_network_it_shares()
    {
        var other = Create(new Container { HostId = 2 });
        for (var i = 0; i < 3; i++)
        {
            var id = Create(new Container { Spec = new ContainerSpec { NetworkContainerId = other } });
            Place();
            HostOf(id).ShouldBe(2);
        }
    }

    [Fact]
    public void The_stacks_volume_binds_those_that_use_it_to_its_host()
    {
        var stack = Write(tx => tx.Create(new Stack { AccountId = 5, Name = "shop" })).Id;
        Write(tx => tx.Create(new VolumeTemplate { AccountId = 5, StackId = stack, Name = "data" }));
        var first = Create(new Container { StackId = stack, Spec = new ContainerSpec { DataVolumes = ["data:/d"] } });
        Place();
        for (var i = 0; i < 3; i++) Create(new Container { HostId = HostOf(first) });

        var second = Create(new Container { StackId = stack, Spec = new ContainerSpec { DataVolumes = ["data:/d"] } });
        Place();

        HostOf(second).ShouldBe(HostOf(first), "although the other host is emptier");
        _store.Current.All<Volume>().Count().ShouldBe(1);
    }

    [Fact]
    public void A_volume_per_container_is_one_for_each_unit()
    {
        var stack = Write(tx => tx.Create(new Stack { AccountId = 5, Name = "shop" })).Id;
        Write(tx => tx.Create(new VolumeTemplate { AccountId = 5, StackId = stack, Name = "data", PerContainer = true }));
        foreach (var unit in (string[])["u1", "u2"]) Create(new Container { StackId = stack, DeploymentUnitUuid = unit, Spec = new ContainerSpec { DataVolumes = ["data:/d"] } });

        Place();

        var volumes = _store.Current.All<Volume>().Select(v => (Volume)v.Wanted).ToList();
        volumes.Select(v => v.DeploymentUnitUuid).Order().ShouldBe(["u1", "u2"]);
        volumes.Select(v => v.Name).ShouldBeUnique();
        foreach (var entry in _store.Current.All<Container>())
            NamedVolumes.EngineName(_store.Current, (Container)entry.Wanted, "data").ShouldBe(volumes.Single(v => v.DeploymentUnitUuid == ((Container)entry.Wanted).DeploymentUnitUuid).Name);
    }

    [Fact]
    public void A_name_without_a_template_is_the_engines_own_on_each_host()
    {
        Create(new Container { Spec = new ContainerSpec { DataVolumes = ["data:/d"], Ports = ["80:80"] } });
        Create(new Container { Spec = new ContainerSpec { DataVolumes = ["data:/d"], Ports = ["80:80"] } });

        Place();

        _store.Current.All<Volume>().Select(v => (v.Wanted.Name, ((Volume)v.Wanted).HostId)).Order().ShouldBe([("data", 1L), ("data", 2L)]);
    }

    [Fact]
    public void Who_loses_its_place_between_plan_and_write_says_why_and_waits()
    {
        var (one, two) = (Create(new Container { Spec = new ContainerSpec { Ports = ["80:80"] } }), Create(new Container { Spec = new ContainerSpec { Ports = ["80:80"] } }));
        var units = PlacementRequests.Of(_store.Current, [one, two], _time.GetUtcNow()).ToDictionary(u => u.Request.Key);
        var both = new PlacementResult([new Placement(one, 1), new Placement(two, 1)], [], ClusterView.Empty);

        var losers = Write(tx => new PlacementCommit([]).Apply(tx, units, both));

        losers.ShouldBe([two]);
        HostOf(one).ShouldBe(1);
        HostOf(two).ShouldBeNull();
        _store.Current.Find<Container>(two)!.Seen.Why!.Reason.ShouldBe("Scheduling failed: host0 has port 80/tcp taken");
    }

    [Fact]
    public void A_host_that_left_between_plan_and_write_takes_nothing()
    {
        var id = Create(new Container());
        var units = PlacementRequests.Of(_store.Current, [id], _time.GetUtcNow()).ToDictionary(u => u.Request.Key);

        var losers = Write(tx => new PlacementCommit([]).Apply(tx, units, new PlacementResult([new Placement(id, 99)], [], ClusterView.Empty)));

        losers.ShouldBe([id]);
    }

    [Fact]
    public void One_that_needs_no_place_any_more_is_passed_over()
    {
        var id = Create(new Container());
        var units = PlacementRequests.Of(_store.Current, [id], _time.GetUtcNow()).ToDictionary(u => u.Request.Key);
        Write(tx => { ContainerMoves.Remove(tx, id); return 0; });

        Write(tx => new PlacementCommit([]).Apply(tx, units, new PlacementResult([new Placement(id, 1)], [], ClusterView.Empty))).ShouldBeEmpty();

        HostOf(id).ShouldBeNull();
    }

    [Fact]
    public void A_claim_that_finds_nothing_left_sends_the_whole_unit_back()
    {
        _claims.Add(new NoneLeft(skip: 1));
        Create(new Container { DeploymentUnitUuid = "u" });
        Create(new Container { DeploymentUnitUuid = "u" });

        Should.Throw<ConflictException>(() => Place());

        HostOf(1).ShouldBeNull();
        HostOf(2).ShouldBeNull();
        _store.Current.Find<Container>(1)!.Seen.Why!.Reason.ShouldBe("Scheduling failed: no address is left");
    }

    [Fact]
    public void Who_waits_with_the_same_reason_is_not_written_again()
    {
        Create(new Container { RequestedHostId = 99 });
        Place();
        var revision = _store.Current.Revision;

        for (var i = 0; i < 5; i++) Place();

        _store.Current.Revision.ShouldBe(revision);
    }

    [Fact]
    public void A_rejection_holds_for_its_time()
    {
        var id = Create(new Container());
        Write(tx => { tx.PutSeen("instance", id, new ContainerSeen { RejectedHostIds = [1, 2], RejectedUntil = _time.GetUtcNow().AddSeconds(30) }); return 0; });

        var outcome = Place();

        outcome.WakeAt.ShouldBe(_time.GetUtcNow().AddSeconds(30));
        HostOf(id).ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(31));
        Place();
        HostOf(id).ShouldNotBeNull();
    }

    private Outcome Place()
        => new PlacementReconciler(_store, _index, new PlacementCommit([.. _claims]), _time).ReconcileAsync(5, CancellationToken.None).GetAwaiter().GetResult();

    private long? HostOf(long id) => _store.Current.Get<Container>(id)!.HostId;

    private long Create(Container container) => Write(tx => tx.Create(container with { AccountId = 5 })).Id;

    private T Write<T>(Func<WriteTx, T> body) => _store.WriteAsync(body).GetAwaiter().GetResult();

    private sealed class NoneLeft(int skip) : IPlacementClaim
    {
        private int _left = skip;

        public Container Claim(WriteTx tx, Container container, Entry host) => _left-- > 0 ? container : throw new PlacementRefusedException("no address is left");
    }
}
