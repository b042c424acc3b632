using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Environments;

/// <summary>What belongs to the platform, hosts and tokens, and who may touch them (ENV-12, ENV-17 to ENV-25).</summary>
public sealed class PlatformGuardTests : ApiTest
{
    [Theory]
    [InlineData("owner", 200, 202)]
    [InlineData("member", 200, 202)]
    [InlineData("restricted", 403, 422)]
    [InlineData("readonly", 405, 422)]
    public async Task A_stack_of_the_platform_and_its_services_are_changed_by_the_roles_of_the_setting(string role, int write, int action)
    {
        var stack = await Api.PostAsync(Api.Project + "/stacks", new { name = "infra", system = true });
        var service = await Api.PostAsync(Api.Project + "/services", new { name = "dns", stackId = stack.Json.GetProperty("id").GetString(), launchConfig = new { imageUuid = "docker:a" } });
        await Api.UntilAsync(service.Self, "inactive");
        service.Json.GetProperty("system").GetBoolean().ShouldBeTrue();
        var person = await TestPeople.AddAsync(Api, "p", role);

        (await Api.SendAsync(HttpMethod.Put, stack.Self, new { description = "x" }, [person])).Status.ShouldBe(write);
        (await Api.SendAsync(HttpMethod.Put, service.Self, new { description = "x" }, [person])).Status.ShouldBe(write);
        (await Api.PostAsync(service.Self + "/?action=activate", null, person)).Status.ShouldBe(action);
        (await Api.PostAsync(Api.Project + "/services", new { name = "more", stackId = stack.Json.GetProperty("id").GetString(), launchConfig = new { imageUuid = "docker:a" } }, person)).Status.ShouldBe(write == 200 ? 201 : write);
        (await Api.SendAsync(HttpMethod.Delete, stack.Self, null, [person])).Status.ShouldBe(write);
    }

    [Theory]
    [InlineData("member", 201)]
    [InlineData("restricted", 403)]
    public async Task Nothing_is_put_beside_the_platforms_containers_by_who_may_not_act_on_them(string role, int status)
    {
        var stack = (await Api.PostAsync(Api.Project + "/stacks", new { name = "infra", system = true })).Json.GetProperty("id").GetString();
        var created = await Api.Store.WriteAsync(
            tx => tx.Create(new Container { AccountId = 5, Name = "agent", System = true, Running = false }, new ContainerSeen { State = "stopped", Generation = 1 }),
            TestContext.Current.CancellationToken);
        var platform = $"1i{created.Id}";
        var person = await TestPeople.AddAsync(Api, "p", role);

        (await Api.PostAsync(Api.Project + "/containers", new { name = "a", imageUuid = "docker:a", stackId = stack }, person)).Status.ShouldBe(status);
        (await Api.PostAsync(Api.Project + "/containers", new { name = "b", imageUuid = "docker:a", dataVolumesFrom = new[] { platform } }, person)).Status.ShouldBe(status);
        (await Api.PostAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:a", networkMode = "container", networkContainerId = platform }, person)).Status.ShouldBe(status);
        (await Api.PostAsync(Api.Project + "/services", new { name = "d", launchConfig = new { imageUuid = "docker:a", networkMode = "container", networkContainerId = platform } }, person)).Status.ShouldBe(status);
        (await Api.PostAsync(Api.Project + "/containers", new { name = "e", imageUuid = "docker:a" }, person)).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("member", 202)]
    [InlineData("restricted", 403)]
    public async Task No_upgrade_and_no_compose_file_leads_beside_the_platforms_containers_either(string role, int status)
    {
        var created = await Api.Store.WriteAsync(
            tx => tx.Create(new Container { AccountId = 5, Name = "agent", System = true, Running = false }, new ContainerSeen { State = "stopped", Generation = 1 }),
            TestContext.Current.CancellationToken);
        var platform = $"1i{created.Id}";
        var person = await TestPeople.AddAsync(Api, "p", role);
        var web = await Api.CreateAsync(Api.Project + "/services", new { name = "web", launchConfig = new { imageUuid = "docker:a" } }, "inactive");
        var more = await Api.CreateAsync(Api.Project + "/services", new { name = "more", launchConfig = new { imageUuid = "docker:a" } }, "inactive");
        var stack = (await Api.CreateAsync(Api.Project + "/stacks", new { name = "own", dockerCompose = "version: '2'\nservices:\n  app:\n    image: a\n" }, "active")).GetProperty("links").GetProperty("self").GetString()!;
        var beside = $"version: '2'\nservices:\n  app:\n    image: a\n    volumes_from: ['container:{platform}']\n";
        static string Upgrade(System.Text.Json.JsonElement service) => service.GetProperty("links").GetProperty("self").GetString() + "?action=upgrade";

        (await Api.PostAsync(Upgrade(web), new { inServiceStrategy = new { launchConfig = new { imageUuid = "docker:a", networkMode = "container", networkContainerId = platform } } }, person)).Status.ShouldBe(status);
        (await Api.PostAsync(Upgrade(more), new { inServiceStrategy = new { secondaryLaunchConfigs = new[] { new { name = "side", imageUuid = "docker:a", dataVolumesFrom = new[] { platform } } } } }, person)).Status.ShouldBe(status);
        (await Api.PostAsync(Api.Project + "/stacks", new { name = "new", dockerCompose = beside }, person)).Status.ShouldBe(status == 202 ? 201 : status);
        (await Api.PostAsync(stack + "?action=upgrade", new { dockerCompose = beside }, person)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("owner", true)]
    [InlineData("member", false)]
    [InlineData("restricted", false)]
    public async Task Only_owners_mark_a_stack_as_the_platforms(string role, bool marks)
    {
        var person = await TestPeople.AddAsync(Api, "p", role);

        var stack = await Api.PostAsync(Api.Project + "/stacks", new { name = "infra", system = true }, person);

        stack.Status.ShouldBe(201, stack.Text);
        stack.Json.GetProperty("system").GetBoolean().ShouldBe(marks);
    }

    [Theory]
    [InlineData("owner", true)]
    [InlineData("member", true)]
    [InlineData("restricted", false)]
    [InlineData("readonly", false)]
    public async Task Hosts_and_tokens_are_for_roles_that_may_act_on_infrastructure(string role, bool may)
    {
        var token = await Api.CreateAsync(Api.Project + "/registrationtokens", new { }, "active");
        await Api.Store.WriteAsync(tx => tx.Create(new Host { AccountId = 5, Name = "h" }, new HostSeen { State = "active", Generation = 1 }), TestContext.Current.CancellationToken);
        var person = await TestPeople.AddAsync(Api, "p", role);

        var host = await Api.GetAsync(Api.Project + "/hosts/1h1", person);

        host.Json.GetProperty("actions").EnumerateObject().Any().ShouldBe(may);
        (await Api.SendAsync(HttpMethod.Put, Api.Project + "/hosts/1h1", new { description = "x" }, [person])).Status.ShouldBe(may ? 200 : 405);
        (await Api.GetAsync(Api.Project + "/registrationtokens", person)).Status.ShouldBe(may ? 200 : 404);
        (await Api.GetAsync(token.GetProperty("links").GetProperty("self").GetString()!, person)).Status.ShouldBe(may ? 200 : 404);
        (await Api.PostAsync(Api.Project + "/registrationtokens", new { }, person)).Status.ShouldBe(may ? 201 : 404);
    }

    [Fact]
    public async Task A_role_that_the_setting_leaves_out_loses_hosts_tokens_and_the_platforms_stacks()
    {
        var member = await TestPeople.AddAsync(Api, "m", "member");
        var stack = await Api.PostAsync(Api.Project + "/stacks", new { name = "infra", system = true });
        await Api.Store.WriteAsync(tx => tx.Create(new Host { AccountId = 5, Name = "h" }, new HostSeen { State = "active", Generation = 1 }), TestContext.Current.CancellationToken);
        await Api.CreateAsync(Api.Project + "/registrationtokens", new { }, "active");

        await Api.PutAsync("/settings/modify.infrastructure.roles", new { value = "superadmin,admin,owner" });

        (await Api.SendAsync(HttpMethod.Put, Api.Project + "/hosts/1h1", new { description = "x" }, [member])).Status.ShouldBe(403);
        (await Api.PostAsync(Api.Project + "/hosts/1h1/?action=deactivate", null, member)).Code.ShouldBe("ActionNotAvailable");
        (await Api.SendAsync(HttpMethod.Put, stack.Self, new { description = "x" }, [member])).Status.ShouldBe(403);
        (await Api.GetAsync(Api.Project + "/registrationtokens", member)).Data.ShouldBeEmpty();
        (await Api.PostAsync(Api.Project + "/registrationtokens", new { }, member)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task What_belongs_to_nobody_is_seen_by_everybody_and_changed_by_the_platform_alone()
    {
        var driver = await Api.PostAsync("/machinedrivers", new { url = "http://drivers.example/driver.tar.gz", builtin = false, uiUrl = "http://a" });
        driver.Status.ShouldBe(201, driver.Text);
        var (user, member) = (await TestPeople.AddAsync(Api, "u"), await TestPeople.AddAsync(Api, "m", "member"));

        (await Api.GetAsync("/machinedrivers", user)).Data.ShouldHaveSingleItem();
        (await Api.GetAsync(Api.Project + "/machinedrivers", member)).Data.ShouldHaveSingleItem();
        (await Api.SendAsync(HttpMethod.Delete, driver.Self, null, [user])).Status.ShouldBe(405);
        (await Api.SendAsync(HttpMethod.Put, driver.Self, new { uiUrl = "http://evil" }, [member])).Status.ShouldBe(405);
    }

    [Theory]
    [InlineData("restricted", false, true)]
    [InlineData("restricted", true, false)]
    [InlineData("member", true, true)]
    public void Restricted_members_enter_no_container_that_reaches_beyond_itself(string role, bool privileged, bool may)
    {
        var container = new Container { Id = 1, AccountId = 5, Spec = new ContainerSpec { Privileged = privileged } };
        var entry = new Model.Kernel.Entry(Model.Kernel.Catalog.All.Of<Container>(), container, new ContainerSeen(), 1, 1);
        var call = CallAs(role);

        new Server.Containers.ExecGuard().Offers(call, entry, "execute").ShouldBe(may);
        new Server.Containers.ExecGuard().Offers(call, entry, "logs").ShouldBeTrue();
    }

    [Theory]
    [InlineData("restricted", "stop", false)]
    [InlineData("restricted", "logs", true)]
    [InlineData("member", "stop", true)]
    public void Of_a_container_of_the_platform_others_get_the_logs_alone(string role, string action, bool may)
    {
        var entry = new Model.Kernel.Entry(Model.Kernel.Catalog.All.Of<Container>(), new Container { Id = 1, AccountId = 5, System = true }, new ContainerSeen(), 1, 1);

        new Server.Environments.PlatformGuard("instance").Offers(CallAs(role), entry, action).ShouldBe(may);
    }

    private Server.Api.Calls.ApiCall CallAs(string role)
    {
        var caller = new Server.Api.Calls.Caller(Enum.Parse<Model.Kernel.Roles>(role, ignoreCase: true), 5, 6);
        return new Server.Api.Calls.ApiCall(Server.Api.Calls.ApiPath.Parse("/v2-beta"), caller, Api.Server.Parts.Catalogs.Of(caller.Role), Api.Store.Current, new Server.Api.Calls.UrlSpace("http://a", "v2-beta", null));
    }
}
