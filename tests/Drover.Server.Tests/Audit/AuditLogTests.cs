using System.Text.Json;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Audit;

public sealed class AuditLogTests : ApiTest
{
    [Fact]
    public async Task A_change_is_told_with_who_what_from_where_request_and_answer()
    {
        var stack = await Api.PostAsync(Api.Project + "/stacks", new { name = "app" }, ("X-Forwarded-Proto", "http"), ("X-Forwarded-For", "203.0.113.9"), await KeyAsync());

        var row = await RowAsync("eventType=api.stack.create");

        row.GetProperty("type").GetString().ShouldBe("auditLog");
        row.GetProperty("resourceType").GetString().ShouldBe("stack");
        row.GetProperty("resourceId").GetString().ShouldBe(stack.Json.GetProperty("id").GetString());
        row.GetProperty("accountId").GetString().ShouldBe("1a5");
        row.GetProperty("authenticatedAsAccountId").GetString().ShouldBe("1a1");
        row.GetProperty("authenticatedAsIdentityId").GetString().ShouldBe("1i!rancher_id:1a1");
        row.GetProperty("authType").GetString().ShouldBe("BasicAuth");
        row.GetProperty("clientIp").GetString().ShouldBe("203.0.113.9");
        row.GetProperty("responseCode").GetInt32().ShouldBe(201);
        row.GetProperty("requestObject").GetString().ShouldBe("""{"name":"app"}""");
        Parse(row, "responseObject").GetProperty("id").GetString().ShouldBe(stack.Json.GetProperty("id").GetString());
        row.GetProperty("links").GetProperty("resource").GetString().ShouldBe($"{Api.Root}/stacks/{stack.Json.GetProperty("id").GetString()}");
    }

    [Theory]
    [InlineData("PUT", "", "api.stack.update", 200)]
    [InlineData("DELETE", "", "api.stack.delete", 200)]
    [InlineData("POST", "/?action=remove", "api.stack.remove", 202)]
    [InlineData("POST", "/?action=nosuch", "api.stack.nosuch", 422)]
    [InlineData("PUT", "?_method=ignored", "api.stack.update", 200)]
    public async Task Every_way_to_change_an_object_has_its_event_also_where_it_is_refused(string method, string rest, string eventType, int code)
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" }, "active");

        await Api.SendAsync(new HttpMethod(method), $"{Api.Project}/stacks/{stack.GetProperty("id").GetString()}{rest}", method == "PUT" ? new { description = "x" } : null, []);

        var row = await RowAsync("eventType=" + eventType);
        row.GetProperty("resourceId").GetString().ShouldBe(stack.GetProperty("id").GetString());
        row.GetProperty("responseCode").GetInt32().ShouldBe(code);
        if (code >= 400) row.GetProperty("description").GetString().ShouldBe("InvalidAction action");
    }

    [Fact]
    public async Task A_change_of_a_project_is_called_one_of_an_environment()
    {
        var project = await Api.CreateAsync("/projects", new { name = "other" });

        (await RowAsync("eventType=api.environment.create")).GetProperty("resourceId").GetString().ShouldBe(project.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Reading_leaves_no_trace()
    {
        await Api.GetAsync(Api.Project + "/stacks");
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" });

        await RowAsync("eventType=api.stack.create");

        (await Api.GetAsync("/auditlogs")).Data.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task No_row_holds_a_secret()
    {
        var key = await Api.PostAsync(Api.Project + "/apikeys", new { name = "ci" });
        var token = await Api.CreateAsync(Api.Project + "/registrationtokens", new { }, "active");
        await Api.PostAsync(token.GetProperty("links").GetProperty("self").GetString() + "/?action=deactivate");
        await Api.PostAsync(Api.Project + "/secrets", new { name = "s", value = "dG9wc2VjcmV0" });
        await Api.PostAsync("/passwords?secretValue=inquery", new { publicValue = "me", password = "hunter22" });
        await Api.PutAsync("/settings/api.auth.azure.admin.password", new { value = "swordfish" });
        await Api.PostAsync("/settings", new { name = "my.secret", value = "swordfish" });
        await Api.PostAsync(Api.Project + "/containers", new { imageUuid = "docker:a", amazonec2Config = new { secretKey = "deep" } });
        await RowAsync("eventType=api.container.create");

        var all = (await Api.GetAsync("/auditlogs?limit=1000")).Text;

        foreach (var secret in new[] { key.Json.GetProperty("secretValue").GetString()!, token.GetProperty("token").GetString()!, "dG9wc2VjcmV0", "hunter22", "inquery", "swordfish", "deep" })
            all.ShouldNotContain(secret);
    }

    [Theory]
    [InlineData("/settings", "{\"name\":\"\\ud800\",\"value\":\"x\"}")]
    [InlineData("/settings", "{\"name\":")]
    [InlineData("/accounts", "[[[[1]]]]")]
    [InlineData("/accounts", "\u0000\u0001")]
    public async Task Rubbish_is_noted_without_its_text_and_loses_no_row(string path, string body)
    {
        (await Api.PostAsync(path, body)).Status.ShouldBeOneOf(201, 400, 422);
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "after" });

        await RowAsync("eventType=api.stack.create");

        var rows = (await Api.GetAsync("/auditlogs")).Data;
        rows.Count.ShouldBe(2);
        rows[0].GetProperty("responseCode").GetInt32().ShouldBeOneOf(201, 400, 422);
    }

    [Fact]
    public async Task An_environment_sees_its_own_rows_and_a_reader_sees_no_bodies()
    {
        var (reader, other) = (await UserAsync("readonly"), await UserAsync(null));
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" });
        await Api.CreateAsync("/projects", new { name = "elsewhere" });
        await RowAsync("eventType=api.environment.create");

        var rows = (await Api.GetAsync(Api.Project + "/auditlogs", reader, Remote)).Data;

        rows.ShouldAllBe(r => r.GetProperty("accountId").GetString() == "1a5");
        rows.ShouldAllBe(r => r.GetProperty("requestObject").GetString() == "{}" && r.GetProperty("responseObject").GetString() == "{}");
        rows.ShouldContain(r => r.GetProperty("eventType").GetString() == "api.stack.create");
        (await Api.GetAsync("/auditlogs", other, Remote)).Data.ShouldBeEmpty();
        (await Api.SendAsync(HttpMethod.Delete, "/auditlogs/" + rows[0].GetProperty("id").GetString(), null, [])).Status.ShouldBe(405);
    }

    [Fact]
    public async Task The_newest_come_first_page_by_page_and_filters_hold()
    {
        for (var i = 0; i < 5; i++) await Api.CreateAsync(Api.Project + "/stacks", new { name = $"s{i}" });
        await RowAsync("eventType=api.stack.create&resourceId=1st5");

        var first = await Api.GetAsync("/auditlogs?sort=id&order=desc&limit=2");
        var second = await Api.GetAsync(first.Json.GetProperty("pagination").GetProperty("next").GetString()!);

        first.Data.Select(r => r.GetProperty("resourceId").GetString()).ShouldBe(["1st5", "1st4"]);
        second.Data.Select(r => r.GetProperty("resourceId").GetString()).ShouldBe(["1st3", "1st2"]);
        (await Api.GetAsync("/auditlogs?resourceType=stack&resourceId=1st3")).Data.ShouldHaveSingleItem();
        (await Api.GetAsync("/auditlogs?id_lt=1al3&sort=id&order=desc")).Data.Select(r => r.GetProperty("id").GetString()).ShouldBe(["1al2", "1al1"]);
        (await Api.GetAsync("/auditlogs?id_lte=1al3")).Data.Count.ShouldBe(3);
        (await Api.GetAsync("/auditlogs?clientIp=192.0.2.1")).Data.ShouldBeEmpty();
        (await Api.GetAsync("/auditlogs?authenticatedAsAccountId=1a1&authType=AdminAuth")).Data.Count.ShouldBe(5);
        (await Api.GetAsync("/auditlogs?created_gt=2099-01-01T00:00:00Z")).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_done_last_is_written_when_the_server_stops()
    {
        var folder = Directory.CreateTempSubdirectory("drover-audit-").FullName;
        try
        {
            await using (var server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0", DataFolder = folder }, TestContext.Current.CancellationToken))
                (await Api.PostAsync(server.Url + "v2-beta/projects/1a5/stacks", new { name = "last" })).Status.ShouldBe(201);

            await using var again = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0", DataFolder = folder }, TestContext.Current.CancellationToken);

            (await Api.GetAsync(again.Url + "v2-beta/auditlogs")).Data.ShouldHaveSingleItem().GetProperty("requestObject").GetString().ShouldBe("""{"name":"last"}""");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Rows_are_kept_for_as_long_as_the_setting_says()
    {
        var (folder, time) = (Directory.CreateTempSubdirectory("drover-audit-").FullName, new Drover.Testing.ManualTime());
        try
        {
            await using var store = await new StoreOpening(new ServerOptions { DataFolder = folder, Time = time }).StartAsync(TestContext.Current.CancellationToken);
            await store.WriteAsync(tx => tx.Create(new Model.Settings.Setting { Name = "audit_log.purge.after.seconds", Value = "60" }), TestContext.Current.CancellationToken);
            await store.AppendHistoryAsync(new Model.Audit.AuditLog { AccountId = 5 }, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromSeconds(59));
            (await store.QueryHistoryAsync(Model.Kernel.Catalog.All.Of<Model.Audit.AuditLog>())).ShouldHaveSingleItem();

            time.Advance(TimeSpan.FromSeconds(2));

            (await store.QueryHistoryAsync(Model.Kernel.Catalog.All.Of<Model.Audit.AuditLog>())).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JsonElement Parse(JsonElement row, string field)
    {
        using var document = JsonDocument.Parse(row.GetProperty(field).GetString()!);
        return document.RootElement.Clone();
    }

    private async Task<JsonElement> RowAsync(string filter)
        => (await Api.UntilAsync("/auditlogs?" + filter, answer => answer.GetProperty("data").GetArrayLength() > 0)).GetProperty("data")[0];

    private async Task<(string Name, string Value)> KeyAsync()
    {
        var key = await Api.PostAsync("/apikeys", new { });
        await Api.UntilAsync(key.Self, "active");
        return ApiServer.Basic(key.Json.GetProperty("publicValue").GetString()!, key.Json.GetProperty("secretValue").GetString()!);
    }

    private Task<(string Name, string Value)> UserAsync(string? role) => TestPeople.AddAsync(Api, role ?? "nobody", role);
}
