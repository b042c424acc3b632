using System.Text.Json;
using Drover.Server.Tests.Api;
using Drover.Simulator.Hosts;

namespace Drover.Server.Tests.Processes;

/// <summary>Processes over the API, on a real server with simulated hosts (OPS-03 to OPS-06).</summary>
public sealed class ProcessApiTests : ApiTest
{
    private static readonly FakeBehaviour Refusing = SimulatedHosts.Quick.With("bad:1", new ImageBehaviour { PullTime = TimeSpan.Zero, StartError = "no such device" });

    [Fact]
    public async Task What_went_well_is_listed_as_completed()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        var web = await ServiceAsync("nginx:1");
        await Api.UntilAsync(web, "active");

        var process = (await Api.UntilAsync("/processinstances?endTime_notnull&processName=service.create", Any)).GetProperty("data")[0];

        process.GetProperty("result").GetString().ShouldBe("SUCCESS");
        process.GetProperty("exitReason").GetString().ShouldBe("DONE");
        process.GetProperty("phase").GetString().ShouldBe("DONE");
        process.GetProperty("resourceType").GetString().ShouldBe("service");
        process.GetProperty("accountId").GetString().ShouldBe("1a5");
        web.ShouldEndWith("/" + process.GetProperty("resourceId").GetString());
        process.GetProperty("actions").EnumerateObject().ShouldBeEmpty();
        (await Api.GetAsync(Self(process))).Json.GetProperty("id").GetString().ShouldBe(process.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_host_that_refuses_delays_the_process_and_the_log_says_why()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one", Refusing);
        await ServiceAsync("bad:1");

        var delayed = await Api.UntilAsync("/processinstances?endTime_null&runAfter_gt=now&resourceType=instance&_drover=1", Any);

        var process = delayed.GetProperty("data")[0];
        process.GetProperty("runningProcessServerId").ValueKind.ShouldBe(JsonValueKind.Null);
        process.GetProperty("exitReason").GetString().ShouldBe("RETRY_EXCEPTION");
        process.GetProperty("executionCount").GetInt64().ShouldBeGreaterThan(1);
        process.GetProperty("drover").GetProperty("why").GetString().ShouldBe("no such device");
        var tries = (await Api.GetAsync(Self(process) + "?include=processExecutions")).Json.GetProperty("processExecutions");
        var execution = tries[0].GetProperty("log").GetProperty("executions")[0];
        execution.GetProperty("exception").GetProperty("message").GetString().ShouldBe("no such device");
        (await Api.GetAsync(Self(tries[0]))).Json.GetProperty("processInstanceId").GetString().ShouldBe(process.GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_log_of_a_service_holds_the_processes_of_its_containers()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        await Api.UntilAsync(await ServiceAsync("nginx:1", scale: 2), "active");
        var process = (await Api.UntilAsync("/processinstances?endTime_notnull&processName=service.create", Any)).GetProperty("data")[0];

        var executions = (await Api.GetAsync(Self(process) + "/processexecutions")).Data;

        var tree = executions.ShouldHaveSingleItem().GetProperty("log").GetProperty("executions")[0];
        tree.GetProperty("children").EnumerateArray().Select(child => child.GetProperty("processName").GetString()).ShouldBe(["instance.create", "instance.create"]);
    }

    [Fact]
    public async Task What_finds_no_host_is_ready_and_the_summary_counts_it()
    {
        await Api.CreateAsync(Api.Project + "/containers", new { name = "lonely", imageUuid = "docker:nginx:1" });

        var ready = await Api.UntilAsync("/processinstances?endTime_null&runAfter_null&runningProcessServerId_null", Any);

        ready.GetProperty("data")[0].GetProperty("phase").GetString().ShouldBe("REQUESTED");
        var row = (await Api.GetAsync("/processsummary")).Data.Single(row => row.GetProperty("processName").GetString() == "instance.create");
        row.GetProperty("ready").GetInt64().ShouldBe(1);
        row.GetProperty("running").GetInt64().ShouldBe(0);
        row.GetProperty("delay").GetInt64().ShouldBe(0);
        row.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Replay_has_the_host_try_again_at_once()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one", Refusing);
        await Api.CreateAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:bad:1" });
        var process = (await Api.UntilAsync("/processinstances?endTime_null&executionCount_gt=3&runAfter_notnull", Any)).GetProperty("data")[0];
        var due = process.GetProperty("runAfterTS").GetInt64();

        var replayed = await Api.PostAsync(Self(process) + "?action=replay");

        replayed.Status.ShouldBe(200, replayed.Text);
        var tries = process.GetProperty("executionCount").GetInt64();
        await Api.UntilAsync(Self(process), now => now.GetProperty("executionCount").GetInt64() > tries);
        DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ShouldBeLessThan(due);
    }

    [Fact]
    public async Task What_has_ended_cannot_be_replayed()
    {
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" }, "active");
        var process = (await Api.UntilAsync("/processinstances?endTime_notnull&processName=stack.create", Any)).GetProperty("data")[0];

        (await Api.PostAsync(Self(process) + "?action=replay")).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(422), r => r.Code.ShouldBe("ActionNotAvailable"));
    }

    [Fact]
    public async Task Lists_are_sorted_and_paged()
    {
        foreach (var name in new[] { "a", "b", "c" }) await Api.CreateAsync(Api.Project + "/stacks", new { name }, "active");
        await Api.UntilAsync("/processinstances?endTime_notnull&processName=stack.create", answer => answer.GetProperty("data").GetArrayLength() == 3);

        var first = await Api.GetAsync("/processinstances?processName=stack.create&sort=id&order=desc&limit=2");

        first.Data.Select(row => row.GetProperty("resourceId").GetString()).ShouldBe(["1st3", "1st2"]);
        var next = first.Json.GetProperty("pagination").GetProperty("next").GetString()!;
        (await Api.GetAsync(next)).Data.ShouldHaveSingleItem().GetProperty("resourceId").GetString().ShouldBe("1st1");
    }

    [Fact]
    public async Task Definitions_pools_and_servers_are_told()
    {
        var definition = (await Api.GetAsync("/processdefinitions/1pd!service.upgrade")).Json;
        definition.GetProperty("resourceType").GetString().ShouldBe("service");
        definition.GetProperty("processHandlers").GetProperty("implementations")[0].GetProperty("name").GetString().ShouldBe("ServiceReconciler");
        (await Api.GetAsync("/processdefinitions/service.upgrade?_drover=1")).Json.GetProperty("stateTransitions")[0].GetProperty("toState").GetString().ShouldBe("upgrading");
        (await Api.GetAsync("/resourcedefinitions/1rd!service")).Json.GetProperty("name").GetString().ShouldBe("service");
        (await Api.GetAsync("/extensionpoints")).Data.ShouldBeEmpty();
        (await Api.GetAsync("/processpools")).Data.ShouldHaveSingleItem().GetProperty("maxPoolSize").GetInt64().ShouldBe(4);
        var member = (await Api.GetAsync("/clustermemberships")).Data.ShouldHaveSingleItem();
        member.GetProperty("clustered").GetBoolean().ShouldBeFalse();
        member.GetProperty("heartbeat").GetInt64().ShouldBeGreaterThan(0);
        JsonDocument.Parse(member.GetProperty("config").GetString()!).RootElement.GetProperty("leader").GetBoolean().ShouldBeTrue();
    }

    private async Task<string> ServiceAsync(string image, int scale = 1)
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" });
        var service = await Api.CreateAsync(Api.Project + "/services", new { name = "web", stackId = stack.GetProperty("id").GetString(), scale, startOnCreate = true, launchConfig = new { imageUuid = "docker:" + image } });
        return Self(service);
    }

    private static bool Any(JsonElement answer) => answer.GetProperty("data").GetArrayLength() > 0;

    private static string Self(JsonElement resource) => resource.GetProperty("links").GetProperty("self").GetString()!;
}
