using System.Text;
using Drover.Agent.Sessions;
using Drover.Model.Credentials;
using Drover.Model.Hosts;
using Drover.Protocol;
using Drover.Server.Agents;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Agents;

public sealed class RegistrationTests : ApiTest
{
    [Fact]
    public async Task A_host_joins_with_a_token_and_shows_what_it_said_of_itself()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");

        // The engine is described in the first report, which may come after the session has begun.
        var self = (await Api.GetAsync(Api.Project + "/hosts")).Data.Single().GetProperty("links").GetProperty("self").GetString()!;
        var host = await Api.UntilAsync(self, one => one.GetProperty("info").GetProperty("cpuInfo").GetProperty("count").GetInt64() > 0);

        host.GetProperty("hostname").GetString().ShouldBe("one");
        host.GetProperty("agentState").GetString().ShouldBe("active");
        host.GetProperty("labels").GetProperty("io.rancher.host.os").GetString().ShouldBe("linux");
        host.GetProperty("info").GetProperty("cpuInfo").GetProperty("count").GetInt64().ShouldBe(4);
        host.GetProperty("info").GetProperty("memoryInfo").GetProperty("memTotal").GetDouble().ShouldBe(8192);
    }

    [Theory]
    [InlineData("nobody:1:x")]
    [InlineData("rubbish")]
    public async Task A_wrong_token_is_refused_with_a_clear_word(string token)
    {
        await using var hosts = new SimulatedHosts(Api);

        var refused = await Should.ThrowAsync<RegistrationException>(() => hosts.RegisterAsync(SimulatedHosts.New("one"), token));

        refused.Message.ShouldContain("token is wrong");
        Api.Store.Current.All<Host>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_of_eleven_years_ago_is_refused()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.NewTokenAsync(Api.Project);
        var row = (RegistrationToken)Api.Store.Current.All<RegistrationToken>().Single().Wanted;

        await RefusedAsync(hosts, TokenSignature.Make(row, DateTimeOffset.UtcNow.AddYears(-11)));
        await hosts.RegisterAsync(SimulatedHosts.New("one"), TokenSignature.Make(row, DateTimeOffset.UtcNow.AddYears(-8)));
    }

    [Fact]
    public async Task Tokens_last_as_long_as_the_setting_says()
    {
        await using var hosts = new SimulatedHosts(Api);
        var token = await hosts.NewTokenAsync(Api.Project);
        await Api.PutAsync("/settings/registration.token.period.millis", new { value = "1" });
        await RefusedAsync(hosts, token);

        await Api.PutAsync("/settings/registration.token.period.millis", new { value = "for ever" });
        await hosts.RegisterAsync(SimulatedHosts.New("one"), token);
    }

    [Fact]
    public async Task A_token_of_an_environment_that_was_closed_is_refused()
    {
        await using var hosts = new SimulatedHosts(Api);
        var environment = await Api.CreateAsync("/projects", new { name = "other" }, "active");
        var self = environment.GetProperty("links").GetProperty("self").GetString()!;
        var token = await hosts.NewTokenAsync($"{Api.Root}/projects/{environment.GetProperty("id").GetString()}");
        (await Api.PostAsync(self + "?action=deactivate")).Status.ShouldBe(202);
        await Api.UntilAsync(self, "inactive");

        await RefusedAsync(hosts, token);
    }

    /// <summary>No way in takes the token: not an agent's, not its script's, not the API's.</summary>
    private async Task RefusedAsync(SimulatedHosts hosts, string token)
    {
        (await Should.ThrowAsync<RegistrationException>(() => hosts.RegisterAsync(SimulatedHosts.New("late"), token))).Message.ShouldContain("expired");
        (await Api.GetAsync(new Uri(Api.Server.Url, "/v1/scripts/" + token).ToString())).Status.ShouldBe(404);
        (await Api.GetAsync("/registrationtokens", ApiServer.Basic("registrationToken", token))).Status.ShouldBe(401);
        Api.Store.Current.All<Host>().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_machine_keeps_its_host_and_gets_new_keys_the_old_ones_are_worthless()
    {
        await using var hosts = new SimulatedHosts(Api);
        var token = await hosts.NewTokenAsync(Api.Project);
        var first = await hosts.RegisterAsync(SimulatedHosts.New("one"), token);

        var second = await hosts.RegisterAsync(SimulatedHosts.New("one"), token);

        second.HostId.ShouldBe(first.HostId);
        second.SecretKey.ShouldNotBe(first.SecretKey);
        AgentKeys.Find(Api.Store.Current, Basic(first)).ShouldBeNull();
        AgentKeys.Find(Api.Store.Current, Basic(second)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_machine_of_another_environment_is_refused()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.RegisterAsync(SimulatedHosts.New("one"), await hosts.NewTokenAsync(Api.Project));
        var other = await Api.CreateAsync("/projects", new { name = "other" }, "active");
        var token = await hosts.NewTokenAsync($"{Api.Root}/projects/{other.GetProperty("id").GetString()}");

        var refused = await Should.ThrowAsync<RegistrationException>(() => hosts.RegisterAsync(SimulatedHosts.New("one"), token));

        refused.Message.ShouldContain("another environment");
        Api.Store.Current.All<Host>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Secrets_of_agents_are_kept_as_hashes_only()
    {
        await using var hosts = new SimulatedHosts(Api);
        var keys = await hosts.RegisterAsync(SimulatedHosts.New("one"), await hosts.NewTokenAsync(Api.Project));

        var agent = (Model.Agents.Agent)Api.Store.Current.All<Model.Agents.Agent>().Single().Wanted;

        agent.SecretHash!.ShouldNotContain(keys.SecretKey);
        agent.SecretValue.ShouldBeNull();
        agent.PublicValue.ShouldBe(keys.AccessKey);
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("[1]", 400)]
    [InlineData("{\"uuid\":\"no uuid\",\"hostname\":\"x\"}", 422)]
    [InlineData("{\"uuid\":\"9b1f6a2c-0000-4000-8000-000000000000\",\"hostname\":\"\"}", 422)]
    public async Task A_description_that_makes_no_sense_is_refused(string body, int status)
    {
        await using var hosts = new SimulatedHosts(Api);
        var token = await hosts.NewTokenAsync(Api.Project);

        var reply = await Api.PostAsync(new Uri(Api.Server.Url, Wire.RegisterPath).ToString(), body, ("Authorization", $"Bearer {token}"));

        reply.Status.ShouldBe(status, reply.Text);
        Api.Store.Current.All<Host>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_needs_an_agents_key()
    {
        (await Api.GetAsync(new Uri(Api.Server.Url, Wire.SessionPath).ToString())).Status.ShouldBe(401);
        (await Api.GetAsync(new Uri(Api.Server.Url, Wire.SessionPath).ToString(), ApiServer.Basic("a", "b"))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_removed_host_is_gone_with_its_agent_and_its_containers()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        var host = (await Api.GetAsync(Api.Project + "/hosts")).Data.Single().GetProperty("links").GetProperty("self").GetString()!;
        var container = await Api.CreateAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:busybox" }, "running");
        (await Api.PostAsync(host + "?action=deactivate")).Status.ShouldBe(202);
        await Api.UntilAsync(host, "inactive");

        (await Api.DeleteAsync(host)).Status.ShouldBe(200);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TestWorld.Deadline);
        while (Api.Store.Current.Count("instance") + Api.Store.Current.Count("host") + Api.Store.Current.Count("agent") > 0) await Task.Delay(10, deadline.Token);
        container.GetProperty("state").GetString().ShouldBe("running");
    }

    private static string Basic(Registered keys) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.AccessKey}:{keys.SecretKey}"));
}
