using System.Text.Json;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Settings;

public sealed class SettingTests : ApiTest
{
    [Fact]
    public async Task A_setting_has_its_default_until_it_is_set_and_again_once_that_is_deleted()
    {
        var before = await Api.GetAsync("/settings/ui.pl");
        var set = await Api.PutAsync("/settings/ui.pl", new { value = "mine" });
        var deleted = await Api.DeleteAsync("/settings/ui.pl");

        before.Json.GetProperty("value").GetString().ShouldBe("rancher");
        before.Json.GetProperty("inDb").GetBoolean().ShouldBeFalse();
        set.Json.GetProperty("activeValue").GetString().ShouldBe("mine");
        set.Json.GetProperty("source").GetString().ShouldBe("Database");
        deleted.Json.GetProperty("value").GetString().ShouldBe("rancher");
    }

    [Fact]
    public async Task A_setting_is_an_active_setting_under_its_name()
    {
        var setting = (await Api.GetAsync("/settings/rancher.server.version")).Json;

        setting.GetProperty("id").GetString().ShouldBe("rancher.server.version");
        setting.GetProperty("type").GetString().ShouldBe("activeSetting");
        setting.GetProperty("baseType").GetString().ShouldBe("setting");
        setting.GetProperty("links").GetProperty("self").GetString().ShouldBe(Api.Root + "/settings/rancher.server.version");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    public async Task A_name_that_cannot_stand_in_an_address_is_refused(string name)
    {
        var reply = await Api.PostAsync("/settings", new { name, value = "1" });

        (reply.Status, reply.Code, reply.Field).ShouldBe((422, "InvalidCharacters", "name"));
        (await Api.PutAsync("/settings/a%0Ab", new { value = "1" })).Status.ShouldBe(422);
    }

    [Fact]
    public async Task All_settings_are_one_page()
    {
        var list = await Api.GetAsync("/settings?limit=1&marker=m5&name=ui.pl");

        list.Data.Count.ShouldBeGreaterThan(100);
        list.Json.GetProperty("pagination").GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        list.Json.GetProperty("pagination").GetProperty("limit").GetInt32().ShouldBe(100);
    }

    [Fact]
    public async Task Posting_a_setting_twice_changes_it()
    {
        await Api.PostAsync("/settings", new { name = "my.own", value = "1" });
        (await Api.PostAsync("/settings", new { name = "my.own", value = "2" })).Status.ShouldBe(201);

        (await Api.GetAsync("/settings")).Data.Where(s => s.GetProperty("id").GetString() == "my.own")
            .ShouldHaveSingleItem().GetProperty("value").GetString().ShouldBe("2");
    }

    [Fact]
    public async Task A_setting_is_changed_and_reset_under_its_other_name_too()
    {
        var set = await Api.PutAsync("/activesettings/ui.pl", new { value = "mine" });
        var reset = await Api.DeleteAsync("/activesettings/ui.pl");

        (set.Status, set.Json.GetProperty("value").GetString()).ShouldBe((200, "mine"));
        reset.Json.GetProperty("value").GetString().ShouldBe("rancher");
        (await Api.GetAsync("/activesettings")).Status.ShouldBe(405);
    }

    [Fact]
    public async Task All_settings_stand_in_one_list_and_all_false_leaves_those_that_everybody_sees()
    {
        for (var i = 0; i < 120; i++) await Api.Store.WriteAsync(tx => tx.Create(new Model.Settings.Setting { Name = $"my.{i}", Value = "x" }), TestContext.Current.CancellationToken);

        var all = (await Api.GetAsync("/settings?limit=3")).Data.Select(s => s.GetProperty("id").GetString()).ToList();
        var open = (await Api.GetAsync("/settings?all=false")).Data.Select(s => s.GetProperty("id").GetString()).ToList();
        var seen = (await Api.GetAsync(Api.Project + "/settings")).Data.Select(s => s.GetProperty("id").GetString()).ToList();

        all.Count.ShouldBeGreaterThan(120);
        all.ShouldBe(all.Order(StringComparer.Ordinal));
        open.ShouldBe(seen);
        open.ShouldContain("project.set.member.roles");
        open.ShouldNotContain("api.security.enabled");
        open.ShouldNotContain("my.1");
    }

    [Fact]
    public async Task An_unknown_setting_has_null_values_for_the_administrator_and_does_not_exist_for_others()
    {
        (await Api.GetAsync("/settings/no.such.thing")).Json.GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Api.GetAsync(Api.Project + "/settings/no.such.thing")).Status.ShouldBe(404);
        (await Api.GetAsync(Api.Project + "/settings/api.security.enabled")).Status.ShouldBe(404);
        (await Api.GetAsync(Api.Project + "/settings/rancher.compose.version")).Status.ShouldBe(200);
        (await Api.PutAsync(Api.Project + "/settings/rancher.compose.version", new { value = "x" })).Status.ShouldBe(405);
    }
}
