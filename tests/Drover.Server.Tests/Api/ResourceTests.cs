using System.Text.Json;

namespace Drover.Server.Tests.Api;

/// <summary>Create, read, change, remove: the envelope, the states and the statuses of the contract.</summary>
public sealed class ResourceTests : ApiTest
{
    [Fact]
    public async Task A_resource_starts_with_id_type_links_actions_base_type_name_and_state()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app", description = "d" });

        stack.EnumerateObject().Select(m => m.Name).Take(7).ShouldBe(["id", "type", "links", "actions", "baseType", "name", "state"]);
        stack.EnumerateObject().Select(m => m.Name).Skip(7).ShouldBe(stack.EnumerateObject().Select(m => m.Name).Skip(7).Order(StringComparer.Ordinal));
        stack.GetProperty("id").GetString().ShouldBe("1st1");
        stack.GetProperty("accountId").GetString().ShouldBe("1a5");
        stack.GetProperty("created").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        stack.GetProperty("createdTS").ValueKind.ShouldBe(JsonValueKind.Number);
        stack.GetProperty("removed").ValueKind.ShouldBe(JsonValueKind.Null);
        stack.TryGetProperty("removedTS", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_answer_to_a_create_already_says_that_it_is_under_way()
    {
        var key = await Api.PostAsync(Api.Project + "/apikeys", new { name = "k" });

        key.Status.ShouldBe(201);
        key.Json.GetProperty("state").GetString().ShouldBe("registering");
        key.Json.GetProperty("transitioning").GetString().ShouldBe("yes");
        key.Json.GetProperty("transitioningMessage").GetString().ShouldBe("In Progress");
        var settled = await Api.UntilAsync(key.Self, "active");
        settled.GetProperty("transitioning").GetString().ShouldBe("no");
        settled.GetProperty("transitioningMessage").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_is_unknown_or_not_the_callers_to_write_is_left_out_of_account()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app", nonsense = 1, uuid = "mine", accountId = "1a1", healthState = "sick", state = "gone", links = (string?)null, actions = (string?)null });

        stack.GetProperty("uuid").GetString().ShouldNotBe("mine");
        stack.GetProperty("accountId").GetString().ShouldBe("1a5");
        stack.GetProperty("state").GetString().ShouldBe("activating");
    }

    [Fact]
    public async Task A_change_of_a_field_that_nothing_follows_from_keeps_the_state()
    {
        var key = await Api.CreateAsync(Api.Project + "/apikeys", new { name = "k" }, "active");

        var changed = await Api.PutAsync(Self(key), new { description = "new" });

        changed.Status.ShouldBe(200);
        changed.Json.GetProperty("description").GetString().ShouldBe("new");
        changed.Json.GetProperty("state").GetString().ShouldBe("active");
    }

    [Fact]
    public async Task Writing_the_same_values_again_changes_nothing()
    {
        var key = await Api.CreateAsync(Api.Project + "/apikeys", new { name = "k" }, "active");
        var revision = Api.Store.Current.Find("credential", 1)!.Revision;

        (await Api.PutAsync(Self(key), new { name = "k" })).Status.ShouldBe(200);

        Api.Store.Current.Find("credential", 1)!.Revision.ShouldBe(revision);
    }

    [Fact]
    public async Task What_is_removed_is_shown_and_offers_nothing()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" }, "active");
        await Api.DeleteAsync(Self(stack));

        var removed = await Api.UntilAsync(Self(stack), "removed");

        removed.GetProperty("removed").ValueKind.ShouldBe(JsonValueKind.String);
        removed.GetProperty("actions").EnumerateObject().ShouldBeEmpty();
        (await Api.PostAsync(Self(stack) + "/?action=exportconfig")).Code.ShouldBe("ActionNotAvailable");
        (await Api.PutAsync(Self(stack), new { description = "late" })).Status.ShouldBe(409);
        (await Api.DeleteAsync(Self(stack))).Status.ShouldBe(405);
    }

    [Fact]
    public async Task What_must_be_deactivated_first_cannot_be_deleted_before()
    {
        var key = await Api.CreateAsync(Api.Project + "/apikeys", new { }, "active");

        (await Api.DeleteAsync(Self(key))).Status.ShouldBe(405);
        (await Api.PostAsync(Self(key) + "/?action=deactivate")).Status.ShouldBe(202);
        await Api.UntilAsync(Self(key), "inactive");
        var deleted = await Api.DeleteAsync(Self(key));

        deleted.Status.ShouldBe(200);
        deleted.Json.GetProperty("state").GetString().ShouldBe("removing");
        var removed = await Api.UntilAsync(Self(key), "removed");
        removed.GetProperty("removed").ValueKind.ShouldBe(JsonValueKind.String);
        (await Api.GetAsync(Api.Project + "/apikeys")).Data.ShouldBeEmpty();
        (await Api.GetAsync(Api.Project + "/apikeys?_removed")).Data.ShouldHaveSingleItem();
        (await Api.GetAsync(Self(key))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_environment_is_deactivated_and_removed_in_one_request()
    {
        var project = await Api.CreateAsync("/projects", new { name = "short-lived" }, "active");

        var deleted = await Api.DeleteAsync(Self(project));

        deleted.Status.ShouldBe(200, deleted.Text);
        deleted.Json.GetProperty("state").GetString().ShouldBe("deactivating");
        await Api.UntilAsync(Self(project), "removed");
    }

    [Fact]
    public async Task A_new_environment_has_its_creator_as_owner_and_a_managed_network()
    {
        var project = await Api.CreateAsync("/projects", new { name = "second" }, "active");

        var id = project.GetProperty("id").GetString();
        var networks = (await Api.GetAsync($"/projects/{id}/networks")).Data;
        networks.ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(project.GetProperty("defaultNetworkId").GetString());
        (await Api.GetAsync($"/projects/{id}/subnets")).Data.ShouldHaveSingleItem().GetProperty("networkAddress").GetString().ShouldBe("10.42.0.0");
        foreach (var word in new[] { "projectmembers", "projectMember" })
            (await Api.GetAsync($"/projects/{id}/{word}")).Data.ShouldHaveSingleItem().GetProperty("type").GetString().ShouldBe("identity");
        (await Api.GetAsync($"/projects/{id}/projectmembers")).Data[0].GetProperty("role").GetString().ShouldBe("owner");
        (await Api.GetAsync("/projects")).Data.Select(p => p.GetProperty("name").GetString()).ShouldBe(["Default", "second"]);
    }

    [Theory]
    [InlineData("/apikeys/1c99")]
    [InlineData("/apikeys/5")]
    [InlineData("/apikeys/name")]
    [InlineData("/services/mystack/web")]
    [InlineData("/nonsense")]
    [InlineData("/nonsense/1x1")]
    [InlineData("/schemas/nonsense")]
    public async Task What_is_not_there_is_404(string path)
    {
        var reply = await Api.GetAsync(Api.Project + path);

        reply.Status.ShouldBe(404);
        reply.Json.GetProperty("type").GetString().ShouldBe("error");
        reply.Code.ShouldBe("Not Found");
        reply.Json.GetProperty("message").GetString().ShouldBe("Not Found");
        reply.Header("X-API-Schemas").ShouldBe(Api.Project + "/schemas");
    }

    [Fact]
    public async Task A_service_that_this_server_does_not_have_is_a_clear_404()
    {
        var reply = await Api.GetAsync(new Uri(Api.Server.Url, "/v1-telemetry/state").ToString());

        reply.Status.ShouldBe(404);
        reply.Json.GetProperty("detail").GetString().ShouldBe("This server speaks /v1 and /v2-beta");
    }

    [Fact]
    public async Task Ping_and_health_check_answer_without_credentials()
    {
        (await Api.GetAsync(new Uri(Api.Server.Url, "/ping").ToString(), Remote)).Text.ShouldBe("pong");
        (await Api.GetAsync(new Uri(Api.Server.Url, "/healthcheck").ToString(), Remote)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_version_names_each_list_once()
    {
        var names = (await Api.GetAsync("/")).Json.GetProperty("links").EnumerateObject().Select(link => link.Name).ToList();

        names.ShouldBeUnique();
        names.ShouldContain("schemas");
    }

    [Fact]
    public async Task Every_caller_is_told_product_and_language_until_it_repeats_them()
    {
        await Api.PutAsync("/settings/localization", new { value = "fr-fr" });

        var first = await Api.GetAsync(Api.Project + "/stacks");
        var then = await Api.GetAsync(Api.Project + "/stacks", ("Cookie", "PL=rancher; LANG=fr-fr"));

        first.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).ShouldBe(["PL=rancher", "LANG=fr-fr"]);
        then.Header("Set-Cookie").ShouldBeNull();
    }

    [Fact]
    public async Task Head_is_get_without_a_body()
    {
        var reply = await Api.SendAsync(HttpMethod.Head, Api.Project + "/stacks", null, []);

        reply.Status.ShouldBe(200);
        reply.Text.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DELETE", "/projects/1a5/subnets/1s1")]
    [InlineData("PUT", "/projects/1a5/subnets/1s1")]
    [InlineData("POST", "/projects/1a5/subnets")]
    [InlineData("POST", "/projects/1a5/networks/1n1")]
    [InlineData("DELETE", "/projects/1a5/networks")]
    [InlineData("POST", "")]
    [InlineData("DELETE", "/schemas")]
    [InlineData("PATCH", "/projects/1a5/networks/1n1")]
    public async Task Methods_that_the_schema_does_not_name_are_405(string method, string path)
    {
        var reply = await Api.SendAsync(new HttpMethod(method), Api.Root + path, method == "DELETE" ? null : "{}", []);

        reply.Status.ShouldBe(405);
        reply.Code.ShouldBe("Method not allowed");
    }

    [Fact]
    public async Task The_letters_of_an_id_do_not_matter()
        => (await Api.GetAsync(Api.Project + "/networks/1zz1")).Json.GetProperty("id").GetString().ShouldBe("1n1");

    [Fact]
    public async Task A_post_may_name_another_method_and_a_get_may_not()
    {
        var key = await Api.CreateAsync(Api.Project + "/apikeys", new { }, "active");

        (await Api.PostAsync(Self(key) + "?_method=PUT", new { name = "renamed" })).Json.GetProperty("name").GetString().ShouldBe("renamed");
        (await Api.GetAsync(Self(key) + "?_method=DELETE")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Parameters_stand_under_the_body()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks?name=fromurl&description=fromurl", new { name = "frombody" });

        stack.GetProperty("name").GetString().ShouldBe("frombody");
        stack.GetProperty("description").GetString().ShouldBe("fromurl");
    }

    [Fact]
    public async Task What_drover_adds_is_sent_to_those_who_ask_alone()
    {
        var network = Api.Project + "/networks/1n1";

        (await Api.GetAsync(network)).Json.TryGetProperty("drover", out _).ShouldBeFalse();
        (await Api.GetAsync(network + "?_drover=1")).Json.GetProperty("drover").GetProperty("why").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Api.GetAsync(network, ("X-Drover", "1"))).Json.TryGetProperty("drover", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Actions_are_called_action_links_for_those_who_ask()
    {
        var network = (await Api.GetAsync(Api.Project + "/networks/1n1", ("X-API-Action-Links", "true"))).Json;

        network.TryGetProperty("actions", out _).ShouldBeFalse();
        network.GetProperty("actionLinks").GetProperty("deactivate").GetString().ShouldBe(Api.Project + "/networks/1n1/?action=deactivate");
    }

    [Theory]
    [InlineData("nonsense", 422, "InvalidAction")]
    [InlineData("activate", 422, "ActionNotAvailable")]
    [InlineData("DEACTIVATE", 202, null)]
    public async Task An_action_must_be_declared_and_offered(string action, int status, string? code)
    {
        var reply = await Api.PostAsync(Api.Project + "/networks/1n1/?action=" + action);

        reply.Status.ShouldBe(status);
        if (code is null) return;
        reply.Code.ShouldBe(code);
        reply.Field.ShouldBe("action");
    }

    private static string Self(JsonElement resource) => resource.GetProperty("links").GetProperty("self").GetString()!;
}
