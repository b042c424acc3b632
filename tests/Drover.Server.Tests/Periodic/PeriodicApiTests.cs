using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Periodic;

/// <summary>Periodic work over the API (OPS-07).</summary>
public sealed class PeriodicApiTests : ApiTest
{
    [Fact]
    public async Task Execute_runs_a_task_now_and_the_run_is_told()
    {
        var task = (await Api.GetAsync("/tasks?name=process.purge")).Data.ShouldHaveSingleItem();
        var self = task.GetProperty("links").GetProperty("self").GetString()!;

        (await Api.PostAsync(self + "?action=execute")).Status.ShouldBe(200);

        var runs = await Api.UntilAsync(self + "/taskinstances", answer => answer.GetProperty("data") is var data && data.GetArrayLength() > 0 && data[0].GetProperty("endTime").ValueKind != System.Text.Json.JsonValueKind.Null);
        var run = runs.GetProperty("data")[0];
        run.GetProperty("name").GetString().ShouldBe("process.purge");
        run.GetProperty("taskId").GetString().ShouldBe(task.GetProperty("id").GetString());
        run.GetProperty("serverId").GetString().ShouldBe((await Api.GetAsync("/clustermemberships")).Data[0].GetProperty("uuid").GetString());
        run.GetProperty("exception").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task What_the_server_does_again_and_again_is_listed()
        => (await Api.GetAsync("/tasks")).Data.Select(task => task.GetProperty("name").GetString()).Intersect(["token.purge", "process.purge", "graphite.report"]).Count().ShouldBe(3);
}
