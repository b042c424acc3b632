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
