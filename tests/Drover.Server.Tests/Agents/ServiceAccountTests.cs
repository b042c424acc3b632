using System.Text.Json;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Server.Agents;
using Drover.Server.Tests.Api;
using Drover.Simulator.Load;
using Account = Drover.Model.Agents.Agent;

namespace Drover.Server.Tests.Agents;

/// <summary>Containers that call the API in a role of their labels (AUTH-29; attack cases 4 and 8).</summary>
public sealed class ServiceAccountTests : ApiTest
{
    private SimulatedHosts _hosts = null!;
    private SimulatedHost _host = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _hosts = new SimulatedHosts(Api);
        _host = await _hosts.JoinAsync("one");
    }

    public override async ValueTask DisposeAsync()
    {
        await _hosts.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Each_container_of_a_service_finds_the_API_and_a_key_of_its_own()
    {
        await ServiceAsync("environment", scale: 2);
        var one = await EnvironmentAsync("s-app-1");
        var two = await EnvironmentAsync("s-app-2");

        one["CATTLE_URL"].ShouldBe(Api.Server.Url.ToString().TrimEnd('/') + "/v1");
        one["GREETING"].ShouldBe("hello");
        one["CATTLE_ACCESS_KEY"].ShouldMatch("^[0-9A-F]{20}$");
        one["CATTLE_SECRET_KEY"].ShouldMatch("^[1-9A-HJ-NP-Za-km-z]{40}$"); // AUTH-30
        one["CATTLE_ENVIRONMENT_ACCESS_KEY"].ShouldBe(one["CATTLE_ACCESS_KEY"]);
        two["CATTLE_ACCESS_KEY"].ShouldNotBe(one["CATTLE_ACCESS_KEY"]);
        two["CATTLE_SECRET_KEY"].ShouldNotBe(one["CATTLE_SECRET_KEY"]);
        var answer = await Api.GetAsync("/schemas", Key(one), Remote);
        answer.Header("X-API-ACCOUNT-KIND").ShouldBe("environment");
        answer.Header("X-API-ACCOUNT-ID").ShouldBe("1a5");
        answer.Data.ShouldNotContain(schema => schema.GetProperty("id").GetString() == "secret");
        (await Api.GetAsync("/services?name=app", Key(one), Remote)).Data.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_container_stays_in_its_environment()
    {
        var other = (await Api.CreateAsync("/projects", new { name = "other" }, "active")).GetProperty("id").GetString();
        await ServiceAsync("environment");
        var key = Key(await EnvironmentAsync("s-app-1"));

        (await Api.GetAsync($"/projects/{other}/services", key, Remote)).Status.ShouldBe(403);
        (await Api.GetAsync("/services", key, ("X-API-Project-Id", other!), Remote)).Status.ShouldBe(403);
        (await Api.GetAsync("/projects", key, Remote)).Data.ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe("1a5");
    }

    [Fact]
    public async Task The_secret_is_nowhere_but_in_the_container()
    {
        await ServiceAsync("environment");
        var secret = (await EnvironmentAsync("s-app-1"))["CATTLE_SECRET_KEY"];

        foreach (var path in new[] { "/containers", "/instances", "/services", "/agents", "/credentials", "/apikeys", "/auditlogs?limit=1000" })
            (await Api.GetAsync(Api.Root + path)).Text.ShouldNotContain(secret);
        (await Api.PostAsync(Api.Project + "/stacks/1st1/?action=exportconfig", new { })).Text.ShouldNotContain(secret);
        var account = Api.Store.Current.All<Account>().Single(a => a.Wanted is Account { ContainerId: not null });
        JsonSerializer.Serialize((Account)account.Wanted, ModelJson.Options).ShouldNotContain(secret);
        foreach (var line in await Api.Store.ReadHistoryAsync("agent", account.Id)) line.ToJsonString().ShouldNotContain(secret);
        foreach (var line in await Api.Store.ReadHistoryAsync("instance", 1)) line.ToJsonString().ShouldNotContain(secret);
    }

    [Fact]
    public async Task A_key_goes_with_its_container_and_no_sooner()
    {
        await ServiceAsync("environment", scale: 2);
        var (one, two) = (Key(await EnvironmentAsync("s-app-1")), Key(await EnvironmentAsync("s-app-2")));
        var gone = await ContainerAsync("s-app-1");

        await Api.DeleteAsync(Api.Project + "/containers/" + gone);

        (await Api.GetAsync("/stacks", one, Remote)).Status.ShouldBe(401);
        (await Api.GetAsync("/stacks", two, Remote)).Status.ShouldBe(200);
        var account = Api.Store.Current.All<Account>().FirstOrDefault(a => a.Wanted is Account agent && agent.ContainerId == Number(gone));
        if (account is not null) await Api.UntilAsync($"/agents/{ResourceId.Format(account.Kind, account.Id)}", "removed");
    }

    [Fact]
    public async Task An_administrator_shuts_one_account_out()
    {
        await ServiceAsync("environment");
        var key = Key(await EnvironmentAsync("s-app-1"));
        var agent = (await Api.GetAsync("/containers/" + await ContainerAsync("s-app-1"))).Json.GetProperty("agentId").GetString();

        (await Api.PostAsync($"/agents/{agent}/?action=deactivate")).Status.ShouldBe(202);
        await Api.UntilAsync($"/agents/{agent}", "inactive");

        (await Api.GetAsync("/stacks", key, Remote)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_host_that_comes_back_is_told_the_same_key()
    {
        await ServiceAsync("environment");
        var secrets = Api.Server.Parts.AccountSecrets;
        var account = (Account)Api.Store.Current.All<Account>().Single(a => a.Wanted is Account { ContainerId: not null }).Wanted;

        secrets.PairOf(account)!.Value.Secret.ShouldBe((await EnvironmentAsync("s-app-1"))["CATTLE_SECRET_KEY"]);
        new ServiceAccountSecrets(null, IdSource.System).PairOf(account).ShouldBeNull("another key gives another secret, and that one would open nothing");
    }

    [Fact]
    public async Task Keys_of_containers_make_no_keys_that_would_outlive_them_and_see_more()
    {
        await ServiceAsync("environment");
        var key = Key(await EnvironmentAsync("s-app-1"));

        (await Api.PostAsync("/apikeys", new { name = "more" }, key, Remote)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Containers_read_the_lines_of_others_with_their_key()
    {
        await ServiceAsync("environment");
        var container = await ContainerAsync("s-app-1");

        var asked = await Api.PostAsync($"/containers/{container}/?action=logs", new { follow = false }, Key(await EnvironmentAsync("s-app-1")), Remote);

        asked.Status.ShouldBe(200, asked.Text);
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{asked.Json.GetProperty("url").GetString()}?token={asked.Json.GetProperty("token").GetString()}"), TestContext.Current.CancellationToken);
        socket.State.ShouldBe(System.Net.WebSockets.WebSocketState.Open);
    }

    [Theory]
    [InlineData("owner", "environment", false, 201)]
    [InlineData("member", "environment", false, 201)]
    [InlineData("restricted", "environment", false, 403)] // it acts on hosts, a restricted member does not
    [InlineData("restricted", "metadata", false, 201)] // no role at all
    [InlineData("owner", "environmentAdmin", false, 403)]
    [InlineData("owner", "environmentAdmin", true, 201)]
    [InlineData("member", "environmentAdmin", true, 403)] // it reads the keys of certificates, a member does not
    [InlineData("member", "environment, environmentAdmin", true, 403)]
    [InlineData("member", "agent", true, 403)] // it reports as a host
    [InlineData("member", "", true, 403)] // the same
    [InlineData("restricted", "", false, 201)] // no role at all
    [InlineData("owner", "environment,agent", true, 201)]
    [InlineData("owner", "system", true, 403)] // it reaches beyond the environment
    public async Task Nobody_gives_a_container_more_than_he_may_himself(string role, string asked, bool platform, int status)
    {
        var stack = (await Api.CreateAsync(Api.Project + "/stacks", new { name = "p", system = platform }, "active")).GetProperty("id").GetString();
        var who = await TestPeople.AddAsync(Api, role, role);

        foreach (var body in new object[] { Service("one", stack!, Labels(asked)), WithSidekick("two", stack!, Labels(asked)) })
        {
            var reply = await Api.PostAsync(Api.Project + "/services", body, who, Remote);
            reply.Status.ShouldBe(status, reply.Text);
        }

        var alone = await Api.PostAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:busybox", labels = Labels(asked) }, who, Remote);
        // A container of its own is never the platform's.
        var mayAlone = asked is "" or "metadata" || (asked == "environment" && role != "restricted");
        alone.Status.ShouldBe(mayAlone ? 201 : 403, alone.Text);
    }

    [Fact]
    public async Task Compose_files_ask_as_their_caller_too()
    {
        var who = await TestPeople.AddAsync(Api, "r", "restricted");
        const string file = "web:\n  image: busybox\n  labels:\n    io.rancher.container.create_agent: true\n    io.rancher.container.agent.role: environment\n";

        var reply = await Api.PostAsync(Api.Project + "/stacks", new { name = "c", dockerCompose = file }, who, Remote);

        reply.Status.ShouldBe(403, reply.Text);
        (await Api.PostAsync(Api.Project + "/stacks", new { name = "c", dockerCompose = file })).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("environment", 403)] // it would run another image with the key
    [InlineData("metadata", 202)] // no role at all
    public async Task An_upgrade_asks_as_its_caller_too(string asked, int status)
    {
        var stack = (await Api.CreateAsync(Api.Project + "/stacks", new { name = "u" }, "active")).GetProperty("id").GetString()!;
        var self = (await Api.PostAsync(Api.Project + "/services", Service("one", stack, Labels(asked)))).Self;
        await Api.UntilAsync(self, service => service.GetProperty("transitioning").GetString() == "no");
        var who = await TestPeople.AddAsync(Api, "r", "restricted");

        var reply = await Api.PostAsync(self + "/?action=upgrade", new { inServiceStrategy = new { launchConfig = new { imageUuid = "docker:mine", labels = Labels(asked) } } }, who, Remote);

        reply.Status.ShouldBe(status, reply.Text);
    }

    [Fact]
    public async Task A_container_of_the_platform_may_have_several_accounts()
    {
        await ServiceAsync("environment,environmentAdmin", platform: true);
        var found = await EnvironmentAsync("s-app-1");

        found["CATTLE_ACCESS_KEY"].ShouldBe(found["CATTLE_ENVIRONMENT_ADMIN_ACCESS_KEY"]);
        var admin = await Api.GetAsync("/schemas/registrycredential", Key(found), Remote);
        var plain = await Api.GetAsync("/schemas/registrycredential", ApiServer.Basic(found["CATTLE_ENVIRONMENT_ACCESS_KEY"], found["CATTLE_ENVIRONMENT_SECRET_KEY"]), Remote);
        admin.Header("X-API-ACCOUNT-KIND").ShouldBe("projectadmin");
        plain.Header("X-API-ACCOUNT-KIND").ShouldBe("environment");
    }

    [Fact]
    public async Task A_reader_of_metadata_in_a_stack_of_the_platform_names_no_role_and_is_told_of_its_own_host()
    {
        await ServiceAsync("", platform: true);
        var found = await EnvironmentAsync("s-app-1");

        var host = Api.Store.Current.All<Model.Hosts.Host>().Single().Wanted.Uuid!;
        var content = await Api.GetAsync("/configcontent/metadata-answers?client=v2", Key(found), Remote);
        content.Status.ShouldBe(200, content.Text);
        found["CATTLE_AGENT_ACCESS_KEY"].ShouldBe(found["CATTLE_ACCESS_KEY"]);
        var agent = Api.Store.Current.All<Account>().Single(a => a.Wanted is Account { ContainerId: not null });
        ServiceAccounts.HostOf(Api.Store.Current, agent.Id)!.Wanted.Uuid.ShouldBe(host);
    }

    [Fact]
    public async Task Labels_that_nobody_may_give_give_nothing_to_containers_that_have_them_all_the_same()
    {
        await Api.Store.WriteAsync(
            tx => tx.Create(new Container { AccountId = 5, Name = "sly", Spec = new ContainerSpec { ImageUuid = "docker:busybox" }, Labels = EquatableMap.Of(("io.rancher.container.create_agent", "true"), ("io.rancher.container.agent.role", "environmentAdmin")) }),
            TestContext.Current.CancellationToken);

        (await EnvironmentAsync("sly")).ContainsKey("CATTLE_SECRET_KEY").ShouldBeFalse();
    }

    private static (string Name, string Value) Key(IReadOnlyDictionary<string, string> found) => ApiServer.Basic(found["CATTLE_ACCESS_KEY"], found["CATTLE_SECRET_KEY"]);

    private static Dictionary<string, string> Labels(string role) => new() { ["io.rancher.container.create_agent"] = "true", ["io.rancher.container.agent.role"] = role };

    private static object Service(string name, string stack, object labels, int scale = 1)
        => new { name, stackId = stack, scale, startOnCreate = true, launchConfig = new { imageUuid = "docker:busybox", labels, environment = new Dictionary<string, string> { ["GREETING"] = "hello", ["CATTLE_URL"] = "http://elsewhere" } } };

    private static object WithSidekick(string name, string stack, object labels)
        => new { name, stackId = stack, launchConfig = new { imageUuid = "docker:busybox" }, secondaryLaunchConfigs = new[] { new { name = name + "-side", imageUuid = "docker:busybox", labels } } };

    private async Task ServiceAsync(string role, int scale = 1, bool platform = false)
    {
        var stack = (await Api.CreateAsync(Api.Project + "/stacks", new { name = "s", system = platform }, "active")).GetProperty("id").GetString();
        await Api.CreateAsync(Api.Project + "/services", Service("app", stack!, Labels(role), scale), "active");
    }

    private async Task<string> ContainerAsync(string name)
    {
        var found = await Api.UntilAsync($"{Api.Project}/containers?name={name}&state=running", answer => answer.GetProperty("data").GetArrayLength() == 1);
        return found.GetProperty("data")[0].GetProperty("id").GetString()!;
    }

    private async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(string name)
    {
        var id = Number(await ContainerAsync(name));
        return _host.Runtime.EnvironmentOf(Api.Store.Current.Find("instance", id)!.Wanted.Uuid!);
    }

    private static long Number(string id) => ResourceId.TryParse(id, out var number) ? number : throw new FormatException(id);
}
