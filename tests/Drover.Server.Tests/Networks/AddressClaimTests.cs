using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Networks;
using Drover.Model.Services;
using Drover.Server.Containers;
using Drover.Server.Networks;
using Drover.Store;
using Drover.Testing;

namespace Drover.Server.Tests.Networks;

/// <summary>Claims of addresses in the writes that place containers.</summary>
public sealed class AddressClaimTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly ResourceStore _store;
    private readonly AddressBook _book;
    private readonly AddressClaim _claim;
    private long _host;

    public AddressClaimTests()
    {
        _store = new ResourceStore(Catalog.All, _time, Guid.NewGuid);
        _book = new AddressBook(_time);
        _claim = new AddressClaim(_book);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _book.Follow(_store);
        await FirstStart.SeedAsync(_store, Cancel);
        _host = await AddHostAsync();
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Containers_of_a_host_get_one_address_after_the_other_on_the_environments_network()
    {
        var first = await PlaceAsync(new Container());
        var second = await PlaceAsync(new Container());

        first.PrimaryIpAddress.ShouldBe("10.42.0.2");
        second.PrimaryIpAddress.ShouldBe("10.42.0.3");
        first.PrimaryNetworkId.ShouldBe(_store.Current.Get<Project>(TestWorld.Environment)!.DefaultNetworkId);
    }

    [Fact]
    public async Task Hosts_begin_with_a_block_each_and_their_own_address_in_it()
    {
        var second = await AddHostAsync();

        HostOf(_host).AddressBlocks.ShouldBe(["10.42.0.0/26"]);
        HostOf(second).AddressBlocks.ShouldBe(["10.42.0.64/26"]);
        var subnet = ManagedSubnet.Of(_store.Current, TestWorld.Environment)!;
        subnet.For(HostOf(_host)).ShouldBe(new("10.42.0.0/16", "10.42.0.1", HostUuid: HostOf(_host).Uuid));
        subnet.For(HostOf(second))!.Gateway.ShouldBe("10.42.0.65");
        (await PlaceAsync(new Container(), second)).PrimaryIpAddress.ShouldBe("10.42.0.64");
    }

    [Fact]
    public async Task A_full_block_is_followed_by_another_that_no_host_has()
    {
        await AddHostAsync();
        for (var i = 0; i < 62; i++) await PlaceAsync(new Container());

        (await PlaceAsync(new Container())).PrimaryIpAddress.ShouldBe("10.42.0.128");
        HostOf(_host).AddressBlocks.ShouldBe(["10.42.0.0/26", "10.42.0.128/26"]);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("none")]
    [InlineData("bridge")]
    [InlineData("my-own")]
    public async Task Containers_elsewhere_get_none(string mode)
        => (await PlaceAsync(new Container { Spec = new ContainerSpec { NetworkMode = mode } })).PrimaryIpAddress.ShouldBeNull();

    [Fact]
    public async Task A_container_in_anothers_network_and_one_started_by_hand_get_none()
    {
        var owner = await PlaceAsync(new Container());

        (await PlaceAsync(new Container { Spec = new ContainerSpec { NetworkMode = "container", NetworkContainerId = owner.Id } })).PrimaryIpAddress.ShouldBeNull();
        (await PlaceAsync(new Container { Spec = new ContainerSpec { NetworkContainerId = owner.Id } })).PrimaryIpAddress.ShouldBeNull();
        (await PlaceAsync(new Container { ImportedId = "abc" })).PrimaryIpAddress.ShouldBeNull();
    }

    [Fact]
    public async Task An_address_asked_for_is_given_where_it_is_free_and_another_where_it_is_not()
    {
        (await PlaceAsync(new Container { Spec = new ContainerSpec { RequestedIpAddress = "10.42.7.7" } })).PrimaryIpAddress.ShouldBe("10.42.7.7");
        (await PlaceAsync(new Container { Labels = Requested("10.42.7.7, 10.42.7.8") })).PrimaryIpAddress.ShouldBe("10.42.7.8");
        (await PlaceAsync(new Container { Labels = Requested("10.42.7.8") })).PrimaryIpAddress.ShouldBe("10.42.0.2");
        (await PlaceAsync(new Container { Labels = Requested("192.168.0.1,,rubbish,10.42.255.7") })).PrimaryIpAddress.ShouldBe("10.42.0.3");
    }

    [Fact]
    public async Task An_address_rests_a_minute_before_it_is_given_again()
    {
        var gone = await PlaceAsync(new Container());
        await RemoveAsync(gone);

        (await PlaceAsync(new Container())).PrimaryIpAddress.ShouldBe("10.42.0.3");
        _time.Advance(AddressBook.Rest);
        (await PlaceAsync(new Container())).PrimaryIpAddress.ShouldBe("10.42.0.2");
    }

    [Fact]
    public async Task A_container_keeps_the_address_it_has()
    {
        var placed = await PlaceAsync(new Container());

        var again = await _store.WriteAsync(tx => _claim.Claim(tx, placed, tx.View.Find<Host>(_host)!), Cancel);

        again.ShouldBe(placed);
    }

    [Fact]
    public async Task Members_of_a_unit_that_are_claimed_for_before_any_is_placed_get_different_addresses()
    {
        var claimed = await _store.WriteAsync(
            tx =>
            {
                var host = tx.View.Find<Host>(_host)!;
                var unit = Enumerable.Range(0, 3).Select(_ => tx.Create(new Container { AccountId = TestWorld.Environment })).ToList();
                return unit.Select(c => _claim.Claim(tx, c with { HostId = _host }, host)).ToList();
            },
            Cancel);

        claimed.Select(c => c.PrimaryIpAddress).ShouldBe(["10.42.0.2", "10.42.0.3", "10.42.0.4"]);
    }

    [Fact]
    public async Task A_container_that_a_host_refused_gets_an_address_of_the_next_hosts_own()
    {
        var second = await AddHostAsync();
        var refused = await _store.WriteAsync(
            tx => { var made = tx.Create(new Container { AccountId = TestWorld.Environment }); _claim.Claim(tx, made with { HostId = _host }, tx.View.Find<Host>(_host)!); return made; }, Cancel);

        var placed = await _store.WriteAsync(tx => _claim.Claim(tx, tx.View.Get<Container>(refused.Id)! with { HostId = second }, tx.View.Find<Host>(second)!), Cancel);

        placed.PrimaryIpAddress.ShouldBe("10.42.0.64");
    }

    [Fact]
    public async Task A_slot_of_a_service_that_retains_addresses_gets_its_last_one_back_at_once()
    {
        var service = await _store.WriteAsync(tx => tx.Create(new Service { AccountId = TestWorld.Environment, Name = "web", RetainIp = true }), Cancel);
        var gone = await PlaceAsync(new Container { ServiceId = service.Id, Name = "shop-web-1" });
        await PlaceAsync(new Container { ServiceId = service.Id, Name = "shop-web-2" });
        await RemoveAsync(gone);

        (await PlaceAsync(new Container { ServiceId = service.Id, Name = "shop-web-3" })).PrimaryIpAddress.ShouldBe("10.42.0.4");
        (await PlaceAsync(new Container { ServiceId = service.Id, Name = "shop-web-1" })).PrimaryIpAddress.ShouldBe("10.42.0.2");
    }

    [Fact]
    public async Task A_service_that_does_not_retain_addresses_lets_them_rest()
    {
        var service = await _store.WriteAsync(tx => tx.Create(new Service { AccountId = TestWorld.Environment, Name = "web" }), Cancel);
        await RemoveAsync(await PlaceAsync(new Container { ServiceId = service.Id, Name = "shop-web-1" }));

        (await PlaceAsync(new Container { ServiceId = service.Id, Name = "shop-web-1" })).PrimaryIpAddress.ShouldBe("10.42.0.3");
    }

    [Fact]
    public async Task A_network_without_an_address_left_refuses_the_placement()
    {
        await _store.WriteAsync(tx => tx.Put((Subnet)tx.View.All<Subnet>().Single().Wanted with { EndAddress = "10.42.0.3" }), Cancel);
        await PlaceAsync(new Container());
        await PlaceAsync(new Container());

        (await Should.ThrowAsync<PlacementRefusedException>(() => PlaceAsync(new Container()))).Message.ShouldContain("no address left");
    }

    [Fact]
    public async Task An_environment_without_a_network_places_without_addresses()
    {
        await _store.WriteAsync(tx => tx.Put(tx.View.Get<Project>(TestWorld.Environment)! with { DefaultNetworkId = null }), Cancel);

        (await PlaceAsync(new Container())).PrimaryIpAddress.ShouldBeNull();
        AddressClaim.FirstBlocks(_store.Current, TestWorld.Environment).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("10.42.0.0", 16L, null, null, "10.42.0.2", "10.42.254.255")]
    [InlineData("10.42.0.0", 16L, "10.42.1.0", "10.42.9.9", "10.42.1.0", "10.42.9.9")]
    [InlineData("192.168.5.0", 24L, null, null, "192.168.5.2", "192.168.5.254")]
    public async Task A_subnet_leaves_out_its_ends_and_what_the_engine_keeps(string network, long bits, string? start, string? end, string first, string last)
    {
        await _store.WriteAsync(
            tx => tx.Put((Subnet)tx.View.All<Subnet>().Single().Wanted with { NetworkAddress = network, CidrSize = bits, StartAddress = start, EndAddress = end }), Cancel);

        var subnet = ManagedSubnet.Of(_store.Current, TestWorld.Environment).ShouldNotBeNull();

        (Addresses.Text(subnet.First), Addresses.Text(subnet.Last)).ShouldBe((first, last));
        subnet.Cidr.ShouldBe($"{network}/{bits}");
    }

    private static EquatableMap<string> Requested(string addresses) => EquatableMap.Of(("io.rancher.container.requested_ip", addresses));

    private Host HostOf(long id) => _store.Current.Get<Host>(id)!;

    private Task<long> AddHostAsync()
        => _store.WriteAsync(tx => tx.Create(new Host { AccountId = TestWorld.Environment, AddressBlocks = AddressClaim.FirstBlocks(tx.View, TestWorld.Environment) }).Id, Cancel);

    private Task<Container> PlaceAsync(Container container, long? host = null)
        => _store.WriteAsync(
            tx =>
            {
                var created = tx.Create(container with { AccountId = TestWorld.Environment });
                var claimed = _claim.Claim(tx, created with { HostId = host ?? _host }, tx.View.Find<Host>(host ?? _host)!);
                tx.Put(claimed);
                return claimed;
            },
            Cancel);

    private Task RemoveAsync(Container container) => _store.WriteAsync(tx => tx.Bury("instance", container.Id), Cancel);
}
