using Drover.Model.Kernel;
using static Drover.Scheduling.Tests.Hosts;

namespace Drover.Scheduling.Tests;

public sealed class SchedulerTests
{
    [Fact]
    public void The_host_with_the_fewest_containers_is_taken()
    {
        var view = View(Host(1, Use(91), Use(92)), Host(2, Use(93)), Host(3, Use(94), Use(95)));

        Scheduler.Place(view, [Request(1, Use(1))], seed: 1).HostOf(1).ShouldBe(2);
    }

    [Fact]
    public void A_batch_spreads_over_equal_hosts()
    {
        var result = Scheduler.Place(View(Host(1), Host(2), Host(3)), Enumerable.Range(1, 9).Select(i => Request(i, Use(i))), seed: 5);

        result.Placed.GroupBy(p => p.HostId).Select(g => g.Count()).ShouldBe([3, 3, 3]);
        result.View.Hosts.Values.Sum(h => h.Containers.Count).ShouldBe(9);
    }

    [Fact]
    public void Equal_hosts_are_drawn_by_lot_and_the_same_seed_draws_the_same()
    {
        var view = View(Host(1), Host(2), Host(3), Host(4));
        long Draw(int seed) => Scheduler.Place(view, [Request(1, Use(1))], seed).HostOf(1)!.Value;

        Enumerable.Range(0, 50).Select(Draw).Distinct().Count().ShouldBe(4);
        Draw(7).ShouldBe(Draw(7));
    }

    [Fact]
    public void Members_of_a_unit_land_on_one_host()
    {
        var result = Scheduler.Place(View(Host(1), Host(2)), [Request(1, Use(1, "80"), Use(2, "81"))], seed: 1);

        result.View.Hosts[result.HostOf(1)!.Value].Containers.Keys.Order().ShouldBe([1L, 2L]);
    }

    [Fact]
    public void A_closed_host_takes_nothing_and_says_why()
    {
        var result = Scheduler.Place(View(Host(1) with { Closed = "is inactive" }), [Request(1, Use(1))], seed: 1);

        result.WhyNot(1).ShouldBe("host1 is inactive");
    }

    [Fact]
    public void Without_hosts_it_says_so()
        => Scheduler.Place(ClusterView.Empty, [Request(1, Use(1))], seed: 1).WhyNot(1).ShouldBe("the environment has no host");

    [Theory]
    [InlineData("80", "80", false)]
    [InlineData("80", "81", true)]
    [InlineData("10.0.0.1:80", "80", false)]
    [InlineData("80", "10.0.0.1:80", false)]
    [InlineData("10.0.0.1:80", "10.0.0.2:80", true)]
    [InlineData("10.0.0.1:80", "10.0.0.1:80", false)]
    public void A_port_is_given_once_per_address_and_all_addresses_conflict_with_each(string taken, string wanted, bool fits)
    {
        var result = Scheduler.Place(View(Host(1, Use(9, taken))), [Request(1, Use(1, wanted))], seed: 1);

        (result.HostOf(1) == 1).ShouldBe(fits);
    }

    [Fact]
    public void Tcp_and_udp_do_not_conflict()
    {
        var udp = Use(1) with { Ports = [new PortClaim(PortClaim.AnyAddress, 53, "udp")] };

        Scheduler.Place(View(Host(1, Use(9, "53"))), [Request(1, udp)], seed: 1).HostOf(1).ShouldBe(1);
    }

    [Fact]
    public void Requests_of_one_batch_see_each_others_ports()
    {
        var result = Scheduler.Place(View(Host(1), Host(2)), [Request(1, Use(1, "80")), Request(2, Use(2, "80")), Request(3, Use(3, "80"))], seed: 1);

        result.Placed.Length.ShouldBe(2);
        result.WhyNot(3).ShouldBe("2 hosts (host1, …): each has port 80/tcp taken");
    }

    [Fact]
    public void A_unit_whose_own_ports_conflict_fits_nowhere()
        => Scheduler.Place(View(Host(1)), [Request(1, Use(1, "80"), Use(2, "80"))], seed: 1).WhyNot(1).ShouldBe("two of its own ports conflict with each other");

    [Fact]
    public void The_host_asked_for_is_taken_also_when_it_is_fuller()
    {
        var view = View(Host(1, Use(9), Use(8)), Host(2));

        Scheduler.Place(view, [Request(1, Use(1)) with { RequestedHostId = 1 }], seed: 1).HostOf(1).ShouldBe(1);
        Scheduler.Place(view, [Request(1, Use(1)) with { RequestedHostId = 7 }], seed: 1).WhyNot(1).ShouldBe("the host asked for does not exist");
    }

    [Fact]
    public void A_forced_container_is_placed_over_conflicts_but_not_on_a_closed_host()
    {
        var forced = Request(1, Use(1, "80") with { Memory = 100 }) with { RequestedHostId = 1, Forced = true, Rules = AffinityRule.Of([new("io.rancher.scheduler.affinity:host_label", "x=y")]) };
        var full = Host(1, Use(9, "80")) with { Memory = 10 };

        Scheduler.Place(View(full), [forced], seed: 1).HostOf(1).ShouldBe(1);
        Scheduler.Place(View(full with { Closed = "is inactive" }), [forced], seed: 1).WhyNot(1).ShouldBe("host1 is inactive");
    }

    [Fact]
    public void What_is_bound_to_a_host_goes_nowhere_else()
    {
        var request = Request(1, Use(1)) with { BoundHostId = 1, BoundBy = "the volume data is on host1" };

        Scheduler.Place(View(Host(1, Use(8), Use(9)), Host(2)), [request], seed: 1).HostOf(1).ShouldBe(1);
        Scheduler.Place(View(Host(2)), [request], seed: 1).WhyNot(1).ShouldBe("its host is gone: the volume data is on host1");
    }

    [Fact]
    public void A_host_that_rejected_it_is_left_out()
    {
        var request = Request(1, Use(1)) with { RejectedHostIds = [1] };

        Scheduler.Place(View(Host(1), Host(2, Use(9))), [request], seed: 1).HostOf(1).ShouldBe(2);
        Scheduler.Place(View(Host(1)), [request], seed: 1).WhyNot(1).ShouldBe("host1 could not run it a moment ago");
    }

    [Fact]
    public void Reservations_fill_a_host_up_to_its_limit()
    {
        var view = View(Host(1, Use(9) with { Memory = 60, MilliCpu = 500 }) with { Memory = 100, MilliCpu = 1000 });

        Scheduler.Place(view, [Request(1, Use(1) with { Memory = 40, MilliCpu = 500 })], seed: 1).HostOf(1).ShouldBe(1);
        Scheduler.Place(view, [Request(1, Use(1) with { Memory = 41 })], seed: 1).WhyNot(1).ShouldBe("host1 has too little memory left to reserve");
        Scheduler.Place(view, [Request(1, Use(1) with { MilliCpu = 501 })], seed: 1).WhyNot(1).ShouldBe("host1 has too little processor time left to reserve");
    }

    [Fact]
    public void Soft_rules_are_dropped_when_nothing_fits_hard_ones_are_not()
    {
        var ssd = Host(1) with { Labels = EquatableMap.Of(("disk", "ssd")) };
        var request = (string label) => Request(1, Use(1)) with { Rules = AffinityRule.Of([new($"io.rancher.scheduler.affinity:{label}", "disk=ssd")]) };

        Scheduler.Place(View(ssd, Host(2)), [request("host_label")], seed: 1).HostOf(1).ShouldBe(1);
        Scheduler.Place(View(ssd, Host(2)), [request("host_label_ne")], seed: 1).HostOf(1).ShouldBe(2);
        Scheduler.Place(View(Host(2)), [request("host_label_soft")], seed: 1).HostOf(1).ShouldBe(2);
        Scheduler.Place(View(ssd), [request("host_label_soft_ne")], seed: 1).HostOf(1).ShouldBe(1);
        Scheduler.Place(View(Host(2)), [request("host_label")], seed: 1).WhyNot(1).ShouldBe("host2 breaks the rule: the host label disk=ssd");
    }

    [Fact]
    public void Hard_anti_affinity_to_oneself_spreads_one_per_host()
    {
        var label = EquatableMap.Of(("app", "web"), ("io.rancher.scheduler.affinity:container_label_ne", "app=web"));
        var requests = Enumerable.Range(1, 3).Select(i => Request(i, Use(i) with { Labels = label }) with { Rules = AffinityRule.Of(label) });

        var result = Scheduler.Place(View(Host(1), Host(2)), requests, seed: 1);

        result.Placed.Select(p => p.HostId).Order().ShouldBe([1L, 2L]);
        result.WhyNot(3)!.ShouldContain("breaks the rule: no container with the label app=web");
    }

    [Fact]
    public void A_host_may_take_only_containers_with_its_labels()
    {
        var view = View(Host(1) with { Labels = EquatableMap.Of(("io.rancher.scheduler.require_any", "tier=db, io.rancher.container.system=")) });

        Scheduler.Place(view, [Request(1, Use(1))], seed: 1).HostOf(1).ShouldBeNull();
        Scheduler.Place(view, [Request(1, Use(1) with { Labels = EquatableMap.Of(("tier", "DB")) })], seed: 1).HostOf(1).ShouldBe(1);
        Scheduler.Place(view, [Request(1, Use(1) with { Labels = EquatableMap.Of(("io.rancher.container.system", "true")) })], seed: 1).HostOf(1).ShouldBe(1);
    }
}
