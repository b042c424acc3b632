using System.Text.Json;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Protocol;
using Drover.Server.Tests.Api;
using Drover.Simulator.Load;

namespace Drover.Server.Tests.Stacks;

/// <summary>A stack from compose files through its whole life: the real server and the real agent, only the engine is a fake.</summary>
public sealed class ComposedStackLifeTests : ApiTest
{
    private const string Docker = """
        version: '2'
        services:
          web:
            image: nginx:1
            labels:
              io.rancher.sidekicks: logs
            links:
            - db:database
          logs:
            image: busybox
            volumes_from:
            - web
          db:
            image: mysql:5
            volumes:
            - data:/var/lib/mysql
        volumes:
          data:
            driver: local
        """;

    private const string Rancher = """
        version: '2'
        services:
          web:
            scale: 2
        """;

    [Fact]
    public async Task It_starts_scales_heals_stops_starts_again_and_goes_without_a_trace()
    {
        await using var hosts = new SimulatedHosts(Api);
        var host = await hosts.JoinAsync("one");
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop", dockerCompose = Docker, rancherCompose = Rancher, startOnCreate = true }, "active");
        var self = stack.GetProperty("links").GetProperty("self").GetString()!;
        var web = await ServiceAsync("web", "active");
        var db = await ServiceAsync("db", "active");
        Names(host).ShouldBe(["shop-db-1", "shop-web-1", "shop-web-2", "shop-web-logs-1", "shop-web-logs-2"]);
        web.GetProperty("currentScale").GetInt64().ShouldBe(2);
        web.GetProperty("linkedServices").GetProperty("database").GetString().ShouldBe(db.GetProperty("id").GetString());
        (await Api.UntilAsync(self, "active")).GetProperty("healthState").GetString().ShouldBe("healthy");

        (await Api.PutAsync(Self(web), new { scale = 3 })).Json.GetProperty("state").GetString().ShouldBe("updating-active");
        await ServiceAsync("web", "active");
        Names(host).Count.ShouldBe(7);

        var killed = Uuid("shop-web-2");
        host.Runtime.Crash(killed);
        await EventuallyAsync(() => host.Runtime.Find(killed) is { State: SeenState.Running, StartedAt: not null } && Names(host).Count == 7);
        await ServiceAsync("web", "active");
        host.Runtime.RemoveByHand(killed);
        await EventuallyAsync(() => Names(host).Count == 7 && host.Runtime.Find(killed) is null);

        (await Api.PostAsync(self + "?action=deactivateservices")).Status.ShouldBe(200);
        await ServiceAsync("web", "inactive");
        await ServiceAsync("db", "inactive");
        Names(host).ShouldBeEmpty();
        (await Api.PostAsync(self + "?action=activateservices")).Status.ShouldBe(200);
        await ServiceAsync("web", "active");
        await ServiceAsync("db", "active");
        Names(host).Count.ShouldBe(7);

        (await Api.DeleteAsync(self)).Json.GetProperty("state").GetString().ShouldBe("removing");
        await EventuallyAsync(() => Api.Store.Current.Find<Stack>(1) is null && !Api.Store.Current.All<Stack>().Any());
        host.Runtime.Containers.ShouldBeEmpty();
        Api.Store.Current.All<Service>().ShouldBeEmpty();
        Api.Store.Current.Count("volume").ShouldBe(0);
        Api.Store.Current.Count("volumeTemplate").ShouldBe(0);
    }

    [Fact]
    public async Task Two_containers_of_one_stack_share_the_stacks_volume_on_its_host()
    {
        await using var hosts = new SimulatedHosts(Api);
        var host = await hosts.JoinAsync("one");
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop", dockerCompose = Docker, rancherCompose = Rancher, startOnCreate = true }, "active");
        await ServiceAsync("db", "active");

        var volume = (await Api.GetAsync(Api.Project + "/volumes")).Data.Single();

        volume.GetProperty("name").GetString()!.ShouldMatch("^shop_data_[0-9]{5}$");
        (await host.Runtime.ListVolumesAsync(TestContext.Current.CancellationToken)).Select(v => v.Name).ShouldContain(volume.GetProperty("name").GetString()!);
        volume.GetProperty("mounts").EnumerateArray().Single().GetProperty("path").GetString().ShouldBe("/var/lib/mysql");
    }

    [Fact]
    public async Task It_comes_out_of_exportconfig_as_it_went_in()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop", dockerCompose = Docker, rancherCompose = Rancher }, "active");

        var config = (await Api.PostAsync(stack.GetProperty("links").GetProperty("self").GetString() + "?action=exportconfig", new { })).Json;

        var docker = config.GetProperty("dockerComposeConfig").GetString()!;
        var again = await Api.PostAsync(Api.Project + "/stacks", new { name = "copy", dockerCompose = docker, rancherCompose = config.GetProperty("rancherComposeConfig").GetString() });
        again.Status.ShouldBe(201, again.Text);
        var services = Api.Store.Current.By<Service>("stackId", 2).Select(s => (Service)s.Wanted).OrderBy(s => s.Name).ToList();
        services.Select(s => s.Name).ShouldBe(["db", "web"]);
        services[1].Scale.ShouldBe(2);
        services[1].SecondaryLaunchConfigs[0].DataVolumesFromLaunchConfigs.ShouldBe(["web"]);
        services[1].Links.Keys.ShouldBe(["database"]);
    }

    [Fact]
    public async Task A_balancer_comes_out_with_the_names_of_its_targets()
    {
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "other", dockerCompose = "api:\n  image: nginx\n" }, "active");
        const string Files = """
            version: '2'
            services:
              web:
                image: nginx
              lb:
                image: rancher/lb-service-haproxy
                ports:
                - 80:80
            """;
        const string Rules = """
            version: '2'
            services:
              lb:
                lb_config:
                  port_rules:
                  - source_port: 80
                    target_port: 8080
                    service: web
                  - source_port: 81
                    target_port: 8081
                    service: other/api
            """;
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop", dockerCompose = Files, rancherCompose = Rules }, "active");

        var config = (await Api.PostAsync(stack.GetProperty("links").GetProperty("self").GetString() + "?action=exportconfig", new { })).Json.GetProperty("rancherComposeConfig").GetString()!;

        config.ShouldContain("service: web\n");
        config.ShouldContain("service: other/api\n");
    }

    [Theory]
    [InlineData("services: [", "dockerCompose")]
    [InlineData("web:\n  image: nginx\n  ports:\n  - 99999:80\n", "dockerCompose")]
    [InlineData("web:\n  image: nginx\nWeb:\n  image: nginx\n", "dockerCompose")]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n", "dockerCompose")]
    public async Task Files_that_make_no_sense_are_answered_with_the_field_and_leave_nothing_behind(string docker, string field)
    {
        var reply = await Api.PostAsync(Api.Project + "/stacks", new { name = "shop", dockerCompose = docker });

        reply.Status.ShouldBe(422, reply.Text);
        reply.Field.ShouldBe(field);
        Api.Store.Current.Count("stack").ShouldBe(0);
        Api.Store.Current.Count("service").ShouldBe(0);
    }

    [Fact]
    public async Task A_link_to_a_service_of_another_stack_waits_for_it()
    {
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "web", dockerCompose = "web:\n  image: nginx\n  external_links:\n  - data/db:mysql\n" }, "active");
        Api.Store.Current.Get<Service>(1)!.OpenLinks["mysql"].ShouldBe("data/db");

        await Api.CreateAsync(Api.Project + "/stacks", new { name = "data", dockerCompose = "db:\n  image: mysql\n" }, "active");

        await EventuallyAsync(() => Api.Store.Current.Get<Service>(1)!.Links.Find("mysql") == 2);
    }

    [Fact]
    public async Task Ten_thousand_services_in_one_file_are_refused_and_a_thousand_become_a_stack()
    {
        static string File(int services) => string.Concat(Enumerable.Range(0, services).Select(i => $"s{i}:\n  image: busybox\n"));

        var refused = await Api.PostAsync(Api.Project + "/stacks", new { name = "large", dockerCompose = File(10_000) });
        (refused.Status, refused.Field).ShouldBe((422, "dockerCompose"));
        Api.Store.Current.Count("service").ShouldBe(0);
        (await Api.PostAsync(Api.Project + "/stacks", new { name = "large", dockerCompose = File(1000) })).Status.ShouldBe(201);

        Api.Store.Current.Count("service").ShouldBe(1000);
        await EventuallyAsync(() => Api.Store.Current.All<Service>().All(s => s.State == "inactive"));
    }

    private async Task<JsonElement> ServiceAsync(string name, string state)
    {
        var service = (await Api.GetAsync($"{Api.Project}/services?name={name}")).Data.Single();
        return await Api.UntilAsync(Self(service), state);
    }

    private string Uuid(string container) => Api.Store.Current.All<Model.Containers.Container>().Single(c => c.Wanted.Name == container).Wanted.Uuid!;

    private List<string> Names(SimulatedHost host)
        => [.. host.Runtime.Containers.Where(c => c.State == SeenState.Running)
            .Select(c => Api.Store.Current.All<Model.Containers.Container>().FirstOrDefault(e => e.Wanted.Uuid == c.Uuid)?.Wanted.Name ?? c.Uuid)
            .Order(StringComparer.Ordinal)];

    private static string Self(JsonElement resource) => resource.GetProperty("links").GetProperty("self").GetString()!;

    private static async Task EventuallyAsync(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TestWorld.Deadline);
        while (!holds()) await timer.WaitForNextTickAsync(deadline.Token);
    }
}
