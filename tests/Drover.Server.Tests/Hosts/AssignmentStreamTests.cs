using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Model.Registries;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Model.Volumes;
using Drover.Protocol;
using Drover.Server.Agents;
using Drover.Server.Hosts;
using Drover.Store;
using Drover.Testing;

namespace Drover.Server.Tests.Hosts;

public sealed class AssignmentStreamTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly ResourceStore _store;
    private readonly AssignmentHub _hub;
    private readonly AssignmentStream _stream;
    private readonly IDisposable _membership;

    private static ServiceAccountVariables Variables { get; } = new(new ServiceAccountSecrets(null, IdSource.System), "http://drover.test");

    public AssignmentStreamTests()
    {
        _store = new ResourceStore(Catalog.All, _time, Guid.NewGuid);
        Write(tx => tx.Create(new Host { AccountId = 5 }));
        Write(tx => tx.Create(new Host { AccountId = 5 }));
        _hub = new AssignmentHub(_store);
        _hub.Start();
        _stream = new AssignmentStream(_store, hostId: 1, environmentId: 5, new NoNews(), Variables, _time);
        _membership = _hub.Join(_stream);
    }

    public ValueTask DisposeAsync()
    {
        _membership.Dispose();
        _stream.Dispose();
        _hub.Dispose();
        return _store.DisposeAsync();
    }

    [Fact]
    public async Task The_first_message_is_complete_and_holds_what_is_on_the_host_alone()
    {
        Create("mine", hostId: 1);
        Create("other", hostId: 2);
        Create("nowhere", hostId: null);

        var message = await NextAsync();

        (message.Sequence, message.Complete).ShouldBe((1, true));
        message.Containers.Select(c => c.Name).ShouldBe(["mine"]);
    }

    [Fact]
    public async Task Changes_of_a_moment_come_together_in_the_next_message_and_nothing_else()
    {
        await NextAsync();
        var next = NextAsync();
        var one = Create("one", hostId: 1);
        Create("two", hostId: 1);
        Write(tx => tx.Put(tx.View.Get<Container>(one)! with { Running = false }));
        next.IsCompleted.ShouldBeFalse("it gathers first");

        var message = await AdvancedAsync(next);

        (message.Sequence, message.Complete).ShouldBe((2, false));
        message.Containers.Select(c => (c.Name, c.Wanted)).ShouldBe([("one", WantedState.Stopped), ("two", WantedState.Running)]);
    }

    [Fact]
    public async Task A_status_or_a_change_on_another_host_says_nothing()
    {
        var one = Create("one", hostId: 1);
        await NextAsync();
        var next = NextAsync();

        Write(tx => { tx.PutSeen("instance", one, new ContainerSeen { State = "running" }); return 0; });
        Create("other", hostId: 2);
        Write(tx => tx.Create(new Stack { AccountId = 5, Name = "s" }));
        Create("last", hostId: 1);

        (await AdvancedAsync(next)).Containers.Select(c => c.Name).ShouldBe(["last"]);
    }

    [Fact]
    public async Task One_that_moves_away_or_is_gone_is_named_by_its_uuid()
    {
        var (moved, gone) = (Create("moved", hostId: 1), Create("gone", hostId: 1));
        var uuids = (await NextAsync()).Containers.Select(c => c.Uuid).ToList();
        var next = NextAsync();

        Write(tx => tx.Put(tx.View.Get<Container>(moved)! with { HostId = 2 }));
        Write(tx => { tx.Bury("instance", gone); return 0; });

        (await AdvancedAsync(next)).RemovedContainers.Order().ShouldBe(uuids.Order());
        _stream.IdOf(uuids[0]).ShouldBeNull();
    }

    [Fact]
    public async Task One_that_is_told_again_is_named_although_nothing_changed()
    {
        var one = Create("one", hostId: 1);
        Create("two", hostId: 1);
        await NextAsync();
        var next = NextAsync();

        _hub.Again(1, one);

        var message = await AdvancedAsync(next);
        message.Complete.ShouldBeFalse();
        message.Containers.Select(c => c.Name).ShouldBe(["one"]);
    }

    [Fact]
    public async Task A_gap_brings_everything_again()
    {
        Create("one", hostId: 1);
        await NextAsync();
        var next = NextAsync();

        _stream.MarkComplete();

        var message = await AdvancedAsync(next);
        (message.Sequence, message.Complete, message.Containers.Count).ShouldBe((2, true, 1));
    }

    [Fact]
    public async Task New_credentials_reach_what_is_not_running_yet()
    {
        Create("private", hostId: 1, image: "docker:registry.example.com/app");
        var running = Create("running", hostId: 1, image: "docker:registry.example.com/app");
        Write(tx => { tx.PutSeen("instance", running, new ContainerSeen { State = "running", Generation = 1 }); return 0; });
        (await NextAsync()).Containers.ShouldAllBe(c => c.RegistryAuth == null);
        var next = NextAsync();

        Write(tx =>
        {
            var registry = tx.Create(new Registry { AccountId = 5, ServerAddress = "registry.example.com" }, new PlainSeen { State = "active", Generation = 1 });
            return tx.Create(new RegistryCredential { AccountId = 5, RegistryId = registry.Id, PublicValue = "me", SecretValue = "hush" }, new PlainSeen { State = "active", Generation = 1 });
        });

        var message = await AdvancedAsync(next);
        message.Containers.Select(c => (c.Name, c.RegistryAuth?.Username)).ShouldBe([("private", "me")]);
    }

    [Fact]
    public async Task Volumes_of_the_host_come_and_go()
    {
        await NextAsync();
        var next = NextAsync();
        var volume = Write(tx => tx.Create(new Volume { AccountId = 5, Name = "data", Driver = "local", HostId = 1 }));
        var message = await AdvancedAsync(next);
        message.Volumes.Select(v => (v.Name, v.Driver)).ShouldBe([("data", "local")]);
        next = NextAsync();

        Write(tx => tx.Put(volume with { RemoveRequested = true }));

        (await AdvancedAsync(next)).RemovedVolumes.ShouldBe(["data"]);
    }

    [Fact]
    public async Task A_container_of_a_service_is_told_with_names_and_search_domains()
    {
        var stack = Write(tx => tx.Create(new Stack { AccountId = 5, Name = "Shop" })).Id;
        var service = Write(tx => tx.Create(new Service { AccountId = 5, StackId = stack, Name = "Web" })).Id;
        Write(tx => tx.Create(new Container
        {
            AccountId = 5,
            HostId = 1,
            Name = "Shop-Web-1",
            Uuid = "0a1b2c3d-0000-4000-8000-000000000000",
            StackId = stack,
            ServiceId = service,
            PrimaryIpAddress = "10.42.0.7",
            Labels = EquatableMap.Of(("io.rancher.container.hostname_override", "container_name")),
            Spec = new ContainerSpec { ImageUuid = "docker:a" },
        }));

        var told = (await NextAsync()).Containers.Single();

        told.EngineName.ShouldBe("r-Shop-Web-1-0a1b2c3d");
        told.Hostname.ShouldBe("Shop-Web-1");
        told.Address.ShouldBe("10.42.0.7");
        told.DnsSearch.ShouldBe(["shop.rancher.internal", "web.shop.rancher.internal", "rancher.internal"]);
        told.Labels["io.rancher.container.ip"].ShouldBe("10.42.0.7/16");
        told.Labels["io.rancher.container.name"].ShouldBe("Shop-Web-1");
    }

    private async Task<Assignments> NextAsync() => await _stream.NextAsync(TestContext.Current.CancellationToken);

    private async Task<Assignments> AdvancedAsync(Task<Assignments> next)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TestWorld.Deadline);
        while (!next.IsCompleted)
        {
            _time.Advance(AssignmentStream.Merge);
            await Task.WhenAny(next, Task.Delay(5, deadline.Token));
            deadline.Token.ThrowIfCancellationRequested();
        }

        return await next;
    }

    [Theory]
    [InlineData(0, 30, 0)]
    [InlineData(2, 1, 4)]
    [InlineData(2, 30, 120)]
    [InlineData(100, 1_000, 1_000)]
    public void Names_are_gathered_the_longer_the_more_it_takes_to_tell_them_to_all(int sending, int listeners, int gathered)
        => AssignmentStream.MergeFor(TimeSpan.FromMilliseconds(sending), listeners).ShouldBe(TimeSpan.FromMilliseconds(gathered));

    [Fact]
    public async Task Names_alone_wait_for_others_after_a_slow_sending_but_go_along_with_containers()
    {
        var names = new Names();
        using var stream = new AssignmentStream(_store, hostId: 1, environmentId: 5, names, Variables, _time);
        using var membership = _hub.Join(stream);
        (await stream.NextAsync(TestContext.Current.CancellationToken)).Environment.ShouldNotBeNull();
        _time.Advance(TimeSpan.FromMilliseconds(20)); // it took so long to send
        var before = _time.GetUtcNow();

        var alone = stream.NextAsync(TestContext.Current.CancellationToken);
        names.Change();
        (await AdvancedAsync(alone)).Environment.ShouldNotBeNull();
        (_time.GetUtcNow() - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(400));

        _time.Advance(TimeSpan.FromMilliseconds(20));
        var along = stream.NextAsync(TestContext.Current.CancellationToken);
        names.Change();
        Create("one", hostId: 1);
        var message = await AdvancedAsync(along);
        message.Containers.ShouldHaveSingleItem();
        message.Environment.ShouldNotBeNull();
    }

    private long Create(string name, long? hostId, string image = "docker:a")
        => Write(tx => tx.Create(new Container { AccountId = 5, Name = name, HostId = hostId, Spec = new ContainerSpec { ImageUuid = image } })).Id;

    private T Write<T>(Func<WriteTx, T> body) => _store.WriteAsync(body).GetAwaiter().GetResult();

    private void Write(Action<WriteTx> body) => Write(tx => { body(tx); return 0; });

    /// <summary>Says the same thing of ten hosts whenever it is told to.</summary>
    private sealed class Names : IHostProjection, IHostFeed
    {
        private Action _changed = () => { };
        private bool _dirty;

        public int Listeners => 10;

        public void Change()
        {
            _dirty = true;
            _changed();
        }

        public IHostFeed Open(long hostId, Action changed)
        {
            _changed = changed;
            return this;
        }

        public HostNews Take(bool complete)
        {
            var news = complete || _dirty ? new HostNews(null, new EnvironmentDelta(complete, "Default")) : HostNews.None;
            _dirty = false;
            return news;
        }

        public void Dispose()
        {
        }
    }

    private sealed class NoNews : IHostProjection, IHostFeed
    {
        public IHostFeed Open(long hostId, Action changed) => this;

        public HostNews Take(bool complete) => HostNews.None;

        public void Dispose()
        {
        }
    }
}
