using Drover.Model.Kernel;
using Drover.Model.Metadata;

namespace Drover.DataPlane.Tests;

public sealed class EnvironmentDifferenceTests
{
    [Fact]
    public void The_difference_leads_from_one_view_to_the_other()
    {
        foreach (var seed in Enumerable.Range(0, 200))
        {
            var random = new Random(seed);
            var (before, after) = (View(random), View(random));

            var difference = EnvironmentDifference.Between(before, after);

            before.After(difference).ShouldBe(after, $"seed {seed}");
            after.After(EnvironmentDifference.Between(after, before)).ShouldBe(before, $"seed {seed}");
        }
    }

    [Fact]
    public void What_did_not_change_is_not_in_it()
    {
        var before = View(new Random(1));
        var after = before with { Hosts = before.Hosts.With("h-new", new HostView { Uuid = "h-new", Name = "new" }) };

        var difference = EnvironmentDifference.Between(before, after);

        difference.Hosts.Keys.ShouldBe(["h-new"]);
        (difference.Stacks.Count + difference.Services.Count + difference.Containers.Count + difference.Removed.Count).ShouldBe(0);
        difference.Complete.ShouldBeFalse();
    }

    [Fact]
    public void A_source_that_becomes_a_view_wakes_those_who_wait_and_stays_still_for_the_same_one()
    {
        var source = new EnvironmentSource(Guid.NewGuid);
        var view = View(new Random(2));
        var first = source.Current;

        source.Become(view);
        var second = source.Current;
        source.Become(source.Current.Index.View);

        first.Next.IsCompleted.ShouldBeTrue();
        second.Index.View.ShouldBe(view);
        source.Current.ShouldBeSameAs(second);
    }

    [Fact]
    public void A_source_that_is_told_the_difference_holds_the_view_itself_and_finds_what_came_and_not_what_went()
    {
        var source = new EnvironmentSource(Guid.NewGuid);
        var first = EnvironmentView.Empty.After(new EnvironmentDelta(true, Containers: EquatableMap.Of(("c1", Named("c1", "one")), ("c2", Named("c2", "two")))));
        var delta = new EnvironmentDelta(false, Containers: EquatableMap.Of(("c3", Named("c3", "three"))), Removed: ["c1"]);
        var second = first.After(delta);

        source.Become(first);
        source.Become(second, delta);

        var index = source.Current.Index;
        index.View.ShouldBeSameAs(second);
        index.Named("one").ShouldBeEmpty();
        index.Named("two").ShouldHaveSingleItem();
        index.Named("three").ShouldHaveSingleItem();

        static ContainerView Named(string uuid, string name) => new() { Uuid = uuid, Name = name };
    }

    private static EnvironmentView View(Random random) => new(
        $"name {random.Next(3)}", "u-env",
        Some(random, "s", uuid => new StackView(uuid, $"stack {random.Next(3)}", false)),
        Some(random, "v", uuid => new ServiceView { Uuid = uuid, Name = $"service {random.Next(3)}", StackUuid = "s-1" }),
        Some(random, "c", uuid => new ContainerView { Uuid = uuid, Name = $"container {random.Next(3)}" }),
        Some(random, "h", uuid => new HostView { Uuid = uuid, Name = $"host {random.Next(3)}" }),
        Some(random, "n", uuid => new NetworkView { Uuid = uuid, Name = $"network {random.Next(3)}" }));

    private static EquatableMap<T> Some<T>(Random random, string prefix, Func<string, T> make) =>
        Enumerable.Range(0, 5).Where(_ => random.Next(2) == 0).Select(n => KeyValuePair.Create($"{prefix}-{n}", make($"{prefix}-{n}"))).ToEquatableMap();
}
