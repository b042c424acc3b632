using FsCheck;
using FsCheck.Fluent;
using static Drover.Scheduling.Tests.Hosts;

namespace Drover.Scheduling.Tests;

/// <summary>What holds for every cluster and every batch.</summary>
public sealed class SchedulerPropertyTests
{
    [Fact]
    public void No_port_is_given_twice_no_host_is_over_its_limit_and_nothing_is_lost()
        => Prop.ForAll(Draws(), draws =>
        {
            var (view, requests) = Case(draws);
            var result = Scheduler.Place(view, requests, seed: draws.Count);
            return result.Placed.Length + result.Waiting.Length == requests.Count && result.View.Hosts.Values.All(Holds);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Who_waits_fits_on_no_host()
        => Prop.ForAll(Draws(), draws =>
        {
            var (view, requests) = Case(draws);
            var result = Scheduler.Place(view, requests, seed: 3);
            return result.Waiting.All(w => result.View.Hosts.Values.All(h => Scheduler.Objection(h, requests.Single(r => r.Key == w.Key)) is not null));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Taking_a_container_off_a_host_leaves_what_was_before()
        => Prop.ForAll(Draws(), draws =>
        {
            var uses = draws.Select((draw, i) => Use(i + 1, $"{draw % 50}") with { Memory = draw, Labels = Model.Kernel.EquatableMap.Of(("a", $"{draw % 3}")) }).ToArray();
            var host = uses.Aggregate(Host(1), (load, use) => load.With(use));
            var empty = uses.Aggregate(host, (load, use) => load.Without(use.Id));
            return empty is { MemoryTaken: 0, Containers.Count: 0, Ports.Count: 0, ContainerLabels.Count: 0 };
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<List<int>> Draws() => Gen.Choose(1, 999).ListOf(40).ToArbitrary();

    private static (ClusterView View, List<PlacementRequest> Requests) Case(List<int> draws)
    {
        var view = View([.. draws.Take(5).Select((draw, i) => Host(i + 1) with { Memory = draw, Closed = draw % 7 == 0 ? "is inactive" : null })]);
        var requests = draws.Skip(5).Select((draw, i) => Request(i + 1, Use(i + 1, $"{1 + (draw % 9)}") with { Memory = draw % 50 })).ToList();
        return (view, requests);
    }

    private static bool Holds(HostLoad host)
    {
        var ports = host.Containers.Values.SelectMany(c => c.Ports.Items).ToList();
        return ports.Distinct().Count() == ports.Count
            && host.MemoryTaken == host.Containers.Values.Sum(c => c.Memory)
            && (host.Containers.IsEmpty || (host.MemoryTaken <= host.Memory && host.Closed is null));
    }
}
