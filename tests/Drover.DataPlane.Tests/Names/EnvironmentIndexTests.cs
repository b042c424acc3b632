using System.Net;
using Drover.DataPlane.Names;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.DataPlane.Tests.Names;

public sealed class EnvironmentIndexTests
{
    private static readonly string[] Names = ["shop", "tools", "web", "db", "a"];

    [Fact]
    public void An_index_that_followed_deltas_answers_as_one_built_anew()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Deltas().ToArbitrary(), deltas =>
        {
            var followed = deltas.Aggregate(EnvironmentIndex.Empty, (index, delta) => index.After(delta));
            var anew = EnvironmentIndex.Of(followed.View);
            return Describe(followed) == Describe(anew);
        }));

    [Fact]
    public void A_renamed_stack_keeps_its_services()
    {
        var index = TestEnvironment.Shop().Index
            .After(new EnvironmentDelta(false, Stacks: EquatableMap.Of(("shop", new StackView("shop", "Store", false)))));

        index.Service("store", "db")!.Uuid.ShouldBe("shop/db");
        index.Service("shop", "db").ShouldBeNull();
    }

    [Fact]
    public void Of_two_containers_with_one_address_the_running_one_speaks()
    {
        var index = TestEnvironment.Shop()
            .Container("a-old", "10.42.0.99", c => c with { State = "stopped" })
            .Container("b-new", "10.42.0.99")
            .Container("c-old", "10.42.0.99", c => c with { State = "removed" }).Index;

        index.ByAddress("10.42.0.99")!.Name.ShouldBe("b-new");
        index.ByAddress("10.42.0.98").ShouldBeNull();
    }

    [Fact]
    public void A_complete_delta_replaces_everything()
    {
        var index = TestEnvironment.Shop().Index.After(EnvironmentDelta.Of(TestEnvironment.Empty.Container("only", "10.42.0.1").View));

        index.View.Containers.Keys.ShouldBe(["only"]);
        index.ByAddress("10.42.0.11").ShouldBeNull();
        index.Service("shop", "db").ShouldBeNull();
    }

    private static Gen<EnvironmentDelta[]> Deltas()
    {
        var name = Gen.Elements(Names);
        var stack = from n in name from shown in name select new StackView(n, shown, false);
        var service = from stackOf in name
                      from n in name
                      from shown in name
                      select new ServiceView { Uuid = $"{stackOf}/{n}", Name = shown, StackUuid = stackOf, PrimaryServiceName = shown };
        var container = from uuid in Gen.Elements("c1", "c2", "c3", "c4")
                        from n in name
                        from address in Gen.Choose(1, 4)
                        from serviceOf in name
                        from alias in name
                        select new ContainerView { Uuid = uuid, Name = n, PrimaryIp = $"10.42.0.{address}", ServiceUuid = $"{serviceOf}/{n}", NetAlias = [alias], State = "running" };
        var delta = from complete in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
                    from stacks in stack.ListOf()
                    from services in service.ListOf()
                    from containers in container.ListOf()
                    from removed in Gen.Elements("shop", "web", "c1", "c2", "shop/web", "a/db").ListOf()
                    select new EnvironmentDelta(
                        complete,
                        Stacks: Map(stacks, s => s.Uuid),
                        Services: Map(services, s => s.Uuid),
                        Containers: Map(containers, c => c.Uuid),
                        Removed: [.. removed]);
        return delta.ArrayOf();
    }

    private static EquatableMap<T> Map<T>(IEnumerable<T> items, Func<T, string> key)
        => new(items.DistinctBy(key).Select(item => KeyValuePair.Create(key(item), item)));

    private static string Describe(EnvironmentIndex index)
    {
        var lines = from source in Enumerable.Range(1, 4).Select(i => IPAddress.Parse($"10.42.0.{i}"))
                    from asked in Names.Concat(from a in Names from b in Names select $"{a}.{b}")
                    select $"{source} {asked} {Text(NameResolver.Resolve(index, source, asked, 0))}";
        return string.Join('\n', lines);
    }

    private static string Text(NameAnswer answer)
        => answer is NameAnswer.Addresses found ? string.Join(' ', found.Items) : answer.GetType().Name;
}
