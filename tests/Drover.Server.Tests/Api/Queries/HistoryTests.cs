using Drover.Model.ServiceLogs;

namespace Drover.Server.Tests.Api.Queries;

/// <summary>Records of unbounded kinds are listed from their table.</summary>
public sealed class HistoryTests : ApiTest
{
    [Fact]
    public async Task Records_are_listed_filtered_paged_and_found_by_id_in_their_own_environment()
    {
        for (var i = 1; i <= 5; i++)
            await Api.Store.AppendHistoryAsync(new ServiceLog { AccountId = 5, ServiceId = i % 2 == 0 ? 2 : 1, EventType = $"e{i}" }, TestContext.Current.CancellationToken);
        await Api.Store.AppendHistoryAsync(new ServiceLog { AccountId = 99, ServiceId = 7, EventType = "foreign" }, TestContext.Current.CancellationToken);

        (await NamesAsync("")).ShouldBe(["e1", "e2", "e3", "e4", "e5"]);
        (await NamesAsync("?sort=id&order=desc&limit=2")).ShouldBe(["e5", "e4"]);
        (await NamesAsync("?sort=id&order=desc&limit=2&marker=m2")).ShouldBe(["e3", "e2"]);
        (await NamesAsync("?serviceId=1s2")).ShouldBe(["e2", "e4"]);
        (await NamesAsync("?serviceId=1s7")).ShouldBeEmpty();
        (await NamesAsync("?eventType_ne=e1&limit=1")).ShouldBe(["e2"]);
        (await Api.GetAsync(Api.Project + "/servicelogs/1sl3")).Json.GetProperty("eventType").GetString().ShouldBe("e3");
        (await Api.GetAsync(Api.Project + "/servicelogs/1sl6")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Links_and_includes_lead_to_the_records_of_one_object()
    {
        var container = await Api.CreateAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:x" });
        var self = container.GetProperty("links").GetProperty("self").GetString()!;
        foreach (var (instance, told) in new[] { (1, "mine"), (2, "other"), (1, "mine too") })
            await Api.Store.AppendHistoryAsync(new ServiceLog { AccountId = 5, InstanceId = instance, EventType = told }, TestContext.Current.CancellationToken);
        await Api.Store.AppendHistoryAsync(new ServiceLog { AccountId = 99, InstanceId = 1, EventType = "foreign" }, TestContext.Current.CancellationToken);

        var link = await Api.GetAsync(self + "/servicelogs");
        var one = await Api.GetAsync(self + "?include=serviceLogs");
        var list = await Api.GetAsync(Api.Project + "/containers?include=serviceLogs");

        Told(link.Data).ShouldBe(["mine", "mine too"]);
        Told(one.Json.GetProperty("serviceLogs").EnumerateArray()).ShouldBe(["mine", "mine too"]);
        Told(list.Data[0].GetProperty("serviceLogs").EnumerateArray()).ShouldBe(["mine", "mine too"]);

        static IEnumerable<string?> Told(IEnumerable<System.Text.Json.JsonElement> records) => records.Select(record => record.GetProperty("eventType").GetString());
    }

    [Fact]
    public async Task One_list_looks_through_so_many_records_however_many_rows_it_has()
    {
        foreach (var name in new[] { "a", "b", "c" }) await Api.CreateAsync(Api.Project + "/containers", new { name, imageUuid = "docker:x" });
        await Task.WhenAll(Enumerable.Range(0, 10_200).Select(i => Api.Store.AppendHistoryAsync(new ServiceLog { AccountId = 5, InstanceId = (i % 2) + 1, EventType = "told" }, TestContext.Current.CancellationToken)));

        var list = (await Api.GetAsync(Api.Project + "/containers?include=serviceLogs")).Data;

        list.Sum(row => row.TryGetProperty("serviceLogs", out var told) ? told.GetArrayLength() : 0).ShouldBeInRange(1, 10_000);
        list[2].TryGetProperty("serviceLogs", out _).ShouldBeFalse("what was not looked for is not said to be empty");
    }

    private async Task<IEnumerable<string?>> NamesAsync(string query)
        => (await Api.GetAsync(Api.Project + "/servicelogs" + query)).Data.Select(r => r.GetProperty("eventType").GetString());
}
