using System.Text.Json.Nodes;
using Drover.Compose.Services;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Compose.Tests.Services;

public sealed class DependenciesTests
{
    [Fact]
    public void Services_come_after_what_they_depend_on_and_link_to() =>
        Order(Service("web", links: ["app"]), Service("app", links: ["db"], dependsOn: ["queue"]), Service("db"), Service("queue")).Names.ShouldBe(["queue", "db", "app", "web"]);

    [Fact]
    public void Services_that_need_nothing_keep_the_order_of_the_file() =>
        Order(Service("c"), Service("a"), Service("b")).Names.ShouldBe(["c", "a", "b"]);

    [Fact]
    public void A_circle_of_links_is_no_problem()
    {
        var (names, refused) = Order(Service("a", links: ["b"]), Service("b", links: ["a"]));
        names.ShouldBe(["b", "a"]);
        refused.ShouldBeEmpty();
    }

    [Fact]
    public void A_circle_of_dependencies_is_told_once_and_loses_no_service()
    {
        var (names, refused) = Order(Service("a", dependsOn: ["b"]), Service("b", dependsOn: ["c"]), Service("c", dependsOn: ["a"]));
        names.ShouldBe(["c", "b", "a"]);
        refused.ShouldHaveSingleItem().ShouldStartWith("c: depends on 'a'");
    }

    [Fact]
    public void Links_to_other_stacks_and_unknown_names_are_left_alone() =>
        Order(new ComposedService("service", "a", [], [new ServiceLink("other", "b", "b")], [], ["nobody"]), Service("b")).Names.ShouldBe(["a", "b"]);

    [Fact]
    public void Whatever_the_links_every_service_stands_once_and_after_what_it_depends_on() =>
        Prop.ForAll(Stacks().ToArbitrary(), stack =>
        {
            var (names, refused) = Order(stack);
            return refused.Count == 0
                && names.Order().SequenceEqual(stack.Select(service => service.Name).Order())
                && stack.All(service => service.DependsOn.All(needed => names.IndexOf(needed) < names.IndexOf(service.Name)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    /// <summary>Stacks whose dependencies point to earlier names only and whose links point anywhere, in any order.</summary>
    private static Gen<ComposedService[]> Stacks() =>
        from count in Gen.Choose(1, 8)
        from links in Gen.Choose(0, count - 1).ListOf(count * 2)
        from needs in Gen.Choose(0, 7).ListOf(count)
        from order in Gen.Shuffle(Enumerable.Range(0, count).ToArray())
        select order.Select(index => Service(
            $"s{index}",
            [.. links.Skip(index * 2).Take(2).Where(link => link != index).Distinct().Select(link => $"s{link}")],
            needs[index] < index ? [$"s{needs[index]}"] : [])).ToArray();

    private static (List<string> Names, List<string> Refused) Order(params ComposedService[] services)
    {
        var refused = new List<string>();
        var ordered = Dependencies.Order(services, (name, message) => refused.Add($"{name}: {message}"));
        return ([.. ordered.Select(service => service.Name)], refused);
    }

    private static ComposedService Service(string name, string[]? links = null, string[]? dependsOn = null) =>
        new("service", name, new JsonObject(), [.. (links ?? []).Select(link => new ServiceLink(null, link, link))], [], dependsOn ?? []);
}
