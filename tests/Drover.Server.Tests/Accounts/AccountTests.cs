using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Accounts;

public sealed class AccountTests : ApiTest
{
    [Fact]
    public async Task The_last_administrator_stays()
    {
        (await Api.PostAsync("/accounts/1a1/?action=deactivate")).Code.ShouldBe("LastAdminAccount");
        (await Api.DeleteAsync("/accounts/1a1")).Code.ShouldBe("LastAdminAccount");
        (await Api.PutAsync("/accounts/1a1", new { kind = "user" })).Status.ShouldBe(405);
    }

    [Fact]
    public async Task A_second_administrator_may_go()
    {
        var second = await Api.CreateAsync("/accounts", new { name = "second", kind = "admin" }, "active");

        (await Api.DeleteAsync(second.GetProperty("links").GetProperty("self").GetString()!)).Status.ShouldBe(200);

        await Api.UntilAsync(second.GetProperty("links").GetProperty("self").GetString()!, "removed");
    }

    [Fact]
    public async Task A_users_key_is_a_user_that_sees_its_own_environments()
    {
        var user = await Api.CreateAsync("/accounts", new { name = "u", kind = "user" }, "active");
        var id = user.GetProperty("id").GetString();
        var key = await Api.PostAsync("/apikeys", new { accountId = id });
        await Api.UntilAsync(key.Self, "active");
        var basic = ApiServer.Basic(key.Json.GetProperty("publicValue").GetString()!, key.Json.GetProperty("secretValue").GetString()!);

        (await Api.GetAsync("/projects", basic, Remote)).Data.ShouldBeEmpty();
        (await Api.GetAsync("/projects/1a5/stacks", basic, Remote)).Status.ShouldBe(403);
        var mine = await Api.PostAsync("/projects", new { name = "mine" }, basic, Remote);
        mine.Status.ShouldBe(201, mine.Text);
        await Api.UntilAsync(mine.Self, "active");
        (await Api.PostAsync(mine.Self + "/stacks", new { name = "app" }, basic, Remote)).Status.ShouldBe(201);
        (await Api.PostAsync("/stacks", new { name = "app" }, basic, Remote)).Status.ShouldBe(405);
    }

    [Fact]
    public async Task Unknown_kinds_of_accounts_are_refused()
        => (await Api.PostAsync("/accounts", new { name = "x", kind = "superadmin" })).Code.ShouldBe("InvalidOption");
}
