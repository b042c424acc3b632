using System.Net;
using Drover.DataPlane.Names;
using Drover.Model.Kernel;

namespace Drover.DataPlane.Tests.Names;

public sealed class NameResolverTests
{
    private const string Web1 = "10.42.0.11";
    private const string Cache1 = "10.42.0.21";
    private const string Db = "10.42.0.31";
    private const string ToolsWeb = "10.42.0.41";
    private const string Lonely = "10.42.0.51";
    private const string Stranger = "192.168.7.7";

    [Theory]
    [InlineData("db")]
    [InlineData("DB.")]
    [InlineData("db.shop")]
    [InlineData("Db.Shop.Rancher.Internal.")]
    [InlineData("shop-db-1")]
    [InlineData("shop-db-1.rancher.internal")]
    [InlineData("database")]
    [InlineData("database.rancher.internal")]
    [InlineData("database.shop.rancher.internal")]
    public void A_container_of_the_stack_reaches_a_service_by_all_of_its_names(string name)
        => Ask(TestEnvironment.Shop(), Web1, name).ShouldBe([Db]);

    [Theory]
    [InlineData("db.shop")]
    [InlineData("db.shop.rancher.internal")]
    [InlineData("shop-db-1")]
    public void Another_stack_reaches_it_by_service_and_stack_or_by_the_containers_name(string name)
        => Ask(TestEnvironment.Shop(), ToolsWeb, name).ShouldBe([Db]);

    [Theory]
    [InlineData("db")]
    [InlineData("database")]
    public void Another_stack_does_not_see_bare_service_names_or_others_links(string name)
        => Resolve(TestEnvironment.Shop(), ToolsWeb, name).ShouldBeOfType<NameAnswer.Elsewhere>();

    [Fact]
    public void A_bare_name_means_the_own_stacks_service()
    {
        Ask(TestEnvironment.Shop(), Web1, "web").ShouldBe(["10.42.0.11", "10.42.0.12"]);
        Ask(TestEnvironment.Shop(), ToolsWeb, "web").ShouldBe([ToolsWeb]);
    }

    [Fact]
    public void The_order_argument_turns_the_addresses()
    {
        Ask(TestEnvironment.Shop(), Web1, "web", order: 1).ShouldBe(["10.42.0.12", "10.42.0.11"]);
        Ask(TestEnvironment.Shop(), Web1, "web", order: 2).ShouldBe(["10.42.0.11", "10.42.0.12"]);
        Ask(TestEnvironment.Shop(), Web1, "web", order: uint.MaxValue).ShouldBe(["10.42.0.12", "10.42.0.11"]);
    }

    [Fact]
    public void Members_of_a_deployment_unit_get_each_other_by_bare_name()
    {
        Ask(TestEnvironment.Shop(), Web1, "cache").ShouldBe([Cache1]);
        Ask(TestEnvironment.Shop(), Cache1, "web").ShouldBe([Web1]);
        Ask(TestEnvironment.Shop(), "10.42.0.22", "web.shop.rancher.internal").ShouldBe(["10.42.0.12"]);
    }

    [Theory]
    [InlineData("cache.web.shop")]
    [InlineData("cache.web.shop.rancher.internal")]
    public void From_outside_the_unit_a_sidekick_is_named_below_its_primary(string name)
        => Ask(TestEnvironment.Shop(), ToolsWeb, name).ShouldBe([Cache1, "10.42.0.22"]);

    [Fact]
    public void From_the_same_stack_a_sidekick_is_named_below_its_primary_and_never_bare()
    {
        Ask(TestEnvironment.Shop(), Db, "cache.web").ShouldBe([Cache1, "10.42.0.22"]);
        Resolve(TestEnvironment.Shop(), Db, "cache").ShouldBeOfType<NameAnswer.Elsewhere>();
    }

    [Fact]
    public void An_alias_shadows_the_own_stacks_service_of_that_name()
    {
        var environment = TestEnvironment.Shop().Service("shop", "web", s => s with { Links = EquatableMap.Of(("db", "tools/web")) });

        Ask(environment, Web1, "db").ShouldBe([ToolsWeb]);
        Ask(environment, Web1, "db.shop.rancher.internal").ShouldBe([ToolsWeb]);
        Ask(environment, Db, "db").ShouldBe([Db]);
    }

    [Theory]
    [InlineData("toolbox")]
    [InlineData("toolbox.rancher.internal")]
    [InlineData("toolbox.tools.rancher.internal")]
    [InlineData("TOOLBOX")]
    public void A_link_to_another_stack_answers_by_its_alias(string name)
        => Ask(TestEnvironment.Shop(), Web1, name).ShouldBe([ToolsWeb]);

    [Theory]
    [InlineData("peer")]
    [InlineData("peer.rancher.internal")]
    public void A_standalone_container_reaches_what_it_links_to(string name)
        => Ask(TestEnvironment.Shop(), Lonely, name).ShouldBe([Db]);

    [Theory]
    [InlineData(Web1, "rancher-metadata")]
    [InlineData(Stranger, "rancher-metadata.rancher.internal.")]
    public void The_metadata_service_is_known_to_everyone(string source, string name)
        => Ask(TestEnvironment.Shop(), source, name).ShouldBe(["169.254.169.250"]);

    [Fact]
    public void Containers_that_are_unhealthy_or_do_not_run_are_left_out()
    {
        var environment = TestEnvironment.Shop()
            .Member("shop/web", "shop-web-3", "10.42.0.13", c => c with { HealthState = "unhealthy" })
            .Member("shop/web", "shop-web-4", "10.42.0.14", c => c with { HealthState = "initializing" })
            .Member("shop/web", "shop-web-5", "10.42.0.15", c => c with { State = "stopped", HealthState = "healthy" })
            .Member("shop/web", "shop-web-6", "10.42.0.16", c => c with { State = "starting", HealthState = "updating-healthy" });

        Ask(environment, Db, "web").ShouldBe([Web1, "10.42.0.12", "10.42.0.16"]);
    }

    [Fact]
    public void Where_none_is_healthy_all_are_given_as_a_last_resort()
    {
        var environment = TestEnvironment.Shop()
            .Member("shop/db", "shop-db-1", Db, c => c with { HealthState = "unhealthy" })
            .Member("shop/db", "shop-db-2", "10.42.0.32", c => c with { State = "stopped" });

        Ask(environment, Web1, "db").ShouldBe([Db, "10.42.0.32"]);
    }

    [Fact]
    public void A_container_that_shares_anothers_network_has_its_address()
    {
        var environment = TestEnvironment.Shop()
            .Container("guest", null, c => c with { NetworkMode = "container", NetworkFromUuid = "shop-db-1" });

        Ask(environment, Web1, "guest").ShouldBe([Db]);
    }

    [Fact]
    public void A_container_on_its_hosts_network_is_named_but_never_taken_for_the_asker()
    {
        var environment = TestEnvironment.Shop()
            .Member("tools/web", "tools-web-2", "192.168.0.21", c => c with { NetworkMode = "host" });

        Ask(environment, Web1, "tools-web-2").ShouldBe(["192.168.0.21"]);
        Resolve(environment, "192.168.0.21", "web").ShouldBeOfType<NameAnswer.Elsewhere>();
    }

    [Fact]
    public void Network_aliases_name_containers_after_all_other_names()
    {
        var environment = TestEnvironment.Shop()
            .Container("a", "10.42.0.61", c => c with { NetAlias = ["Cluster", "lonely"] })
            .Container("b", "10.42.0.62", c => c with { NetAlias = ["cluster"] });

        Ask(environment, Web1, "cluster").ShouldBe(["10.42.0.61", "10.42.0.62"]);
        Ask(environment, Web1, "lonely").ShouldBe([Lonely]);
    }

    [Fact]
    public void External_services_answer_with_their_addresses_or_as_an_alias()
    {
        var environment = TestEnvironment.Shop()
            .Service("shop", "mail", s => s with { Kind = "externalService", ExternalIps = ["203.0.113.5", "203.0.113.6"] })
            .Service("shop", "pay", s => s with { Kind = "externalService", Hostname = "pay.example.com" });

        Ask(environment, Web1, "mail").ShouldBe(["203.0.113.5", "203.0.113.6"]);
        Resolve(environment, Web1, "pay").ShouldBe(new NameAnswer.Alias("pay.example.com"));
    }

    [Fact]
    public void An_alias_service_answers_with_all_of_its_targets()
    {
        var environment = TestEnvironment.Shop()
            .Service("shop", "any", s => s with { Kind = "dnsService", Links = EquatableMap.Of(("a", "shop/db"), ("b", "tools/web"), ("c", "shop/gone")) });

        Ask(environment, Web1, "any").ShouldBe([Db, ToolsWeb]);
    }

    [Fact]
    public void Alias_services_that_point_at_each_other_end()
    {
        var environment = TestEnvironment.Shop()
            .Service("shop", "x", s => s with { Kind = "dnsService", Links = EquatableMap.Of(("a", "shop/y"), ("b", "shop/x")) })
            .Service("shop", "y", s => s with { Kind = "dnsService", Links = EquatableMap.Of(("a", "shop/x"), ("b", "shop/db")) });

        Ask(environment, Web1, "x").ShouldBe([Db]);
    }

    [Theory]
    [InlineData("nothing.rancher.internal")]
    [InlineData("nothing.shop.rancher.internal")]
    [InlineData("rancher.internal")]
    [InlineData("web.shop.shop.rancher.internal")]
    public void Unknown_names_below_our_domain_are_missing_and_never_asked_elsewhere(string name)
        => Resolve(TestEnvironment.Shop(), Web1, name).ShouldBeOfType<NameAnswer.Missing>();

    [Fact]
    public void A_service_without_containers_is_missing_and_not_asked_elsewhere()
        => Resolve(TestEnvironment.Shop().Service("shop", "idle"), Web1, "idle").ShouldBeOfType<NameAnswer.Missing>();

    [Theory]
    [InlineData("example.com")]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("rancher.internal.example.com")]
    [InlineData("notrancher.internal")]
    public void Other_names_are_asked_elsewhere(string name)
        => Resolve(TestEnvironment.Shop(), Web1, name).ShouldBeOfType<NameAnswer.Elsewhere>();

    [Fact]
    public void A_containers_own_resolvers_come_first_without_ourselves_and_loopback()
    {
        var environment = TestEnvironment.Shop()
            .Container("dnsy", "10.42.0.71", c => c with { Dns = ["169.254.169.250", "127.0.0.11", "9.9.9.9", "rubbish", "fd00::1"] });

        Resolve(environment, "10.42.0.71", "example.com").ShouldBeOfType<NameAnswer.Elsewhere>()
            .Resolvers.Select(a => a.ToString()).ShouldBe(["9.9.9.9", "fd00::1"]);
    }

    [Fact]
    public void Addresses_are_named_back()
    {
        var index = TestEnvironment.Shop().Index;

        NameResolver.NameOf(index, IPAddress.Parse(Db)).ShouldBe("shop-db-1.rancher.internal");
        NameResolver.NameOf(index, NameResolver.ServiceAddress).ShouldBe("rancher-metadata.rancher.internal");
        NameResolver.NameOf(index, IPAddress.Parse(Stranger)).ShouldBeNull();
    }

    [Fact]
    public void Search_domains_are_the_stacks_the_services_and_the_environments()
    {
        NameResolver.SearchDomains("Shop", "Web").ShouldBe(["shop.rancher.internal", "web.shop.rancher.internal", "rancher.internal"]);
        NameResolver.SearchDomains("Shop", null).ShouldBe(["shop.rancher.internal", "rancher.internal"]);
        NameResolver.SearchDomains(null, null).ShouldBe(["rancher.internal"]);
    }

    private static NameAnswer Resolve(TestEnvironment environment, string source, string name, uint order = 0)
        => NameResolver.Resolve(environment.Index, IPAddress.Parse(source), name, order);

    private static IEnumerable<string> Ask(TestEnvironment environment, string source, string name, uint order = 0)
        => Resolve(environment, source, name, order).ShouldBeOfType<NameAnswer.Addresses>().Items.Select(a => a.ToString());
}
