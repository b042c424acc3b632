using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Services;

namespace Drover.Server.Tests.Services;

/// <summary>The public ports of services that leave them open (NET-21, ENV-29).</summary>
public sealed class ServicePortsTests
{
    [Fact]
    public void All_containers_of_a_service_have_the_same_public_port_and_new_ones_too()
    {
        var world = new ServiceSandbox(WithPorts(2, "80", "53/udp", "127.0.0.1::90", "8080:8080"));
        world.Settle().ShouldBeTrue();
        var ports = PortsOf(world).Distinct().ToList().ShouldHaveSingleItem().Split(' ');

        ports[0].ShouldMatch("^[0-9]{5}:80/tcp$");
        ports[1].ShouldMatch("^[0-9]{5}:53/udp$");
        ports[2].ShouldMatch("^127.0.0.1:[0-9]{5}:90/tcp$");
        ports[3].ShouldBe("8080:8080");
        ports.Take(3).Select(NumberOf).ShouldAllBe(number => number >= 49153 && number <= 65535);
        world.Scale(3);
        world.Settle().ShouldBeTrue();
        PortsOf(world).Count.ShouldBe(3);
        PortsOf(world).Distinct().ShouldHaveSingleItem().ShouldBe(string.Join(' ', ports));
        ((Service)world.Service!.Wanted).LaunchConfig!.Spec.Ports.Items.ShouldBe(["80", "53/udp", "127.0.0.1::90", "8080:8080"]);
    }

    [Fact]
    public void Sidekicks_have_ports_of_their_own_and_none_where_they_share_a_network()
    {
        var service = WithPorts(1, "80") with
        {
            SecondaryLaunchConfigs =
            [
                new SecondaryLaunchConfig { Name = "side", Spec = ServiceViews.Image with { Ports = ["80"] } },
                new SecondaryLaunchConfig { Name = "shared", Spec = ServiceViews.Image with { Ports = ["81"] }, NetworkLaunchConfig = "web" },
            ],
        };
        var world = new ServiceSandbox(service);
        world.Settle().ShouldBeTrue();

        var taken = ((Service)world.Service!.Wanted).PublicPorts;
        taken.Keys.ShouldBe(["io.rancher.service.primary.launch.config/80/tcp", "side/80/tcp"]);
        taken.Values.ShouldBeUnique();
    }

    [Fact]
    public void A_service_without_a_free_port_says_so_and_starts_when_there_is_one()
    {
        var world = new ServiceSandbox(WithPorts(1, "80"));
        var other = world.Write(tx =>
        {
            tx.Create(new Model.Settings.Setting { Name = ServicePorts.Setting, Value = "50000-50001" });
            tx.Create(new Container { AccountId = 5, Name = "taker", Spec = new ContainerSpec { Ports = ["50000:1"] } });
            return tx.Create(WithPorts(0) with { Name = "other", AccountId = 5, StackId = 1, PublicPorts = EquatableMap.Of(("primary/80/tcp", 50001L)) });
        });
        world.Reconcile();

        world.Containers.ShouldBeEmpty();
        world.Service!.State.ShouldBe("activating");
        world.Service.Seen.TransitioningMessage.ShouldBe("No public port between 50000 and 50001 is left for port 80 of web");
        world.Service.Seen.Why!.Reason.ShouldBe(world.Service.Seen.TransitioningMessage);
        world.Service.Seen.Why.NextTry.ShouldNotBeNull();
        world.Write(tx =>
        {
            tx.Bury("service", other.Id);
            return true;
        });
        world.Settle().ShouldBeTrue();
        PortsOf(world).ShouldBe(["50001:80/tcp"]);
        world.Service.State.ShouldBe("active");
    }

    [Fact]
    public void Two_services_never_have_the_same_port()
    {
        var world = new ServiceSandbox(WithPorts(1, "80"));
        world.Write(tx => tx.Create(new Model.Settings.Setting { Name = ServicePorts.Setting, Value = "50000-50019" }));
        var taken = new List<long>();
        for (var n = 0; n < 20; n++)
        {
            var service = world.Write(tx => tx.Create(WithPorts(1, "80") with { Id = 0, Name = $"s{n}", AccountId = 5, StackId = 1 }));
            var ports = ServicePorts.Of(world.Store.Current, service).Take!.Value;
            world.Write(tx =>
            {
                tx.Put(service with { PublicPorts = ports });
                return true;
            });
            taken.AddRange(ports.Values);
        }

        taken.Order().ShouldBe(Enumerable.Range(50000, 20).Select(number => (long)number));
        ServicePorts.Of(world.Store.Current, WithPorts(1, "80") with { Id = 99, AccountId = 5 }).Missing.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(10, 12, 0u, 10)]
    [InlineData(10, 12, 5u, 12)]
    [InlineData(11, 11, 4294967295u, 11)]
    public void The_search_begins_anywhere_and_goes_around(long first, long last, uint start, long found)
        => ServicePorts.Free(first, last, start, _ => true).ShouldBe(found);

    [Fact]
    public void Host_networks_need_no_public_port()
    {
        var service = WithPorts(1, "80");
        var world = new ServiceSandbox(service with { LaunchConfig = service.LaunchConfig! with { Spec = service.LaunchConfig.Spec with { NetworkMode = "host" } } });
        world.Settle().ShouldBeTrue();

        PortsOf(world).ShouldBe(["80"]);
    }

    private static Service WithPorts(long scale, params string[] ports)
        => ServiceViews.Web(scale) with { Id = 0, LaunchConfig = new LaunchConfig { Spec = ServiceViews.Image with { Ports = [.. ports] } } };

    private static List<string> PortsOf(ServiceSandbox world) => [.. world.Containers.Select(c => string.Join(' ', ((Container)c.Wanted).Spec.Ports.Items))];

    private static int NumberOf(string text) => int.Parse(text.Split(':')[^2], System.Globalization.CultureInfo.InvariantCulture);
}
