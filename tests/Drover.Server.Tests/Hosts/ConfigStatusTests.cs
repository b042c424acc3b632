using System.Text.Json;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Hosts;

/// <summary>What hosts were told and took, over the API (OPS-08).</summary>
public sealed class ConfigStatusTests : ApiTest
{
    [Fact]
    public async Task An_agent_that_took_all_it_was_told_has_the_requested_versions()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");

        var rows = await Api.UntilAsync("/configitemstatuses", answer => answer.GetProperty("data") is var data && data.GetArrayLength() == 4 && data.EnumerateArray().All(IsTaken));

        var row = rows.GetProperty("data")[0];
        row.GetProperty("name").GetString().ShouldBe("containers");
        row.GetProperty("accountId").GetString().ShouldBe("1a5");
        var agent = row.GetProperty("links").GetProperty("agent").GetString()!;
        (await Api.GetAsync(agent)).Json.GetProperty("id").GetString().ShouldBe(row.GetProperty("agentId").GetString());
        (await Api.GetAsync($"/configitemstatuses?agentId={row.GetProperty("agentId").GetString()}")).Data.Count.ShouldBe(4);
        (await Api.GetAsync(row.GetProperty("links").GetProperty("self").GetString()!)).Status.ShouldBe(200);
        (await Api.GetAsync("/configitems")).Data.Select(item => item.GetProperty("name").GetString()).ShouldBe(["containers", "volumes", "network", "names"]);
    }

    private static bool IsTaken(JsonElement row)
        => row.GetProperty("appliedVersion").ValueKind == JsonValueKind.Number && row.GetProperty("appliedVersion").GetInt64() == row.GetProperty("requestedVersion").GetInt64();
}
