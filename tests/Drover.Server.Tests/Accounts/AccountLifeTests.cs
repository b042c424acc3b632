using System.Net.WebSockets;
using Drover.Model.Accounts;
using Drover.Model.Credentials;
using Drover.Model.Environments;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Accounts;

/// <summary>Kinds and life of accounts, and what ends with them (AUTH-03 to AUTH-06, AUTH-25 to AUTH-30).</summary>
public sealed class AccountLifeTests : ApiTest
{
    [Fact]
    public async Task The_superadmin_opens_nothing_until_an_administrator_activates_it()
    {
        var key = await TestPeople.KeyOfAsync(Api, "1a3");
        (await Api.GetAsync("/accounts", key, Remote)).Status.ShouldBe(401);

        (await Api.PostAsync("/accounts/1a3/?action=activate")).Status.ShouldBe(202);
        await Api.UntilAsync("/accounts/1a3", "active");

        var reply = await Api.GetAsync("/credentials", key, Remote);
        reply.Header("X-API-ACCOUNT-KIND").ShouldBe("superadmin");
        (await Api.GetAsync("/resourcepools", key, Remote)).Status.ShouldBe(200);
        (await Api.GetAsync("/resourcepools")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_deactivated_accounts_keys_and_open_streams_end_at_once_and_come_back_with_it()
    {
        var ann = await TestPeople.AddAsync(Api, "ann", "member");
        using var socket = await SubscribeAsync(ann);

        (await Api.PostAsync("/accounts/1a6/?action=deactivate")).Status.ShouldBe(202);

        await ClosedAsync(socket);
        (await Api.GetAsync("/projects", ann, Remote)).Status.ShouldBe(401);
        await Api.UntilAsync("/accounts/1a6", "inactive");
        await Api.PostAsync("/accounts/1a6/?action=activate");
        await Api.UntilAsync("/accounts/1a6", "active");
        (await Api.GetAsync("/projects", ann, Remote)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("membership")]
    [InlineData("environment")]
    public async Task An_open_stream_ends_with_what_it_was_opened_with(string what)
    {
        var ann = await TestPeople.AddAsync(Api, "ann", "member");
        using var socket = await SubscribeAsync(ann);
        var key = Api.Store.Current.All<ApiKey>().Single();

        await (what switch
        {
            "key" => Api.PostAsync($"/apikeys/1c{key.Id}/?action=deactivate"),
            "membership" => Api.PostAsync("/projects/1a5/?action=setmembers", new { members = new[] { TestPeople.Member("1a1", "owner") } }),
            _ => Api.PostAsync("/projects/1a5/?action=deactivate"),
        });

        await ClosedAsync(socket);
    }

    [Fact]
    public async Task A_changed_role_ends_the_stream_that_was_opened_with_the_old_one()
    {
        var ann = await TestPeople.AddAsync(Api, "ann", "member");
        using var socket = await SubscribeAsync(ann);

        await Api.PostAsync("/projects/1a5/?action=setmembers", new { members = new[] { TestPeople.Member("1a1", "owner"), TestPeople.Member("1a6", "readonly") } });

        await ClosedAsync(socket);
    }

    [Fact]
    public async Task A_removed_account_takes_keys_preferences_and_memberships_along()
    {
        var ann = await TestPeople.AddAsync(Api, "ann", "member");
        await Api.PostAsync("/userpreferences", new { name = "theme", value = "dark" }, ann);

        (await Api.DeleteAsync("/accounts/1a6")).Status.ShouldBe(200);

        await Api.UntilAsync("/accounts/1a6", "removed");
        await Api.UntilAsync("/projects/1a5/projectmembers", members => members.GetProperty("data").GetArrayLength() == 1);
        Api.Store.Current.By<ApiKey>("accountId", 6L).ShouldBeEmpty();
        Api.Store.Current.By<UserPreference>("accountId", 6L).ShouldBeEmpty();
        Api.Store.Current.All<ProjectMember>().ShouldHaveSingleItem();
        (await Api.GetAsync("/projects", ann, Remote)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_changed_kind_holds_from_the_next_request_on()
    {
        var ann = await TestPeople.AddAsync(Api, "ann");
        (await Api.GetAsync("/processinstances", ann, Remote)).Status.ShouldBe(404);

        (await Api.PutAsync("/accounts/1a6", new { kind = "admin" })).Status.ShouldBe(200);
        (await Api.GetAsync("/processinstances", ann, Remote)).Status.ShouldBe(200);

        (await Api.PutAsync("/accounts/1a6", new { kind = "user" })).Status.ShouldBe(200);
        (await Api.GetAsync("/processinstances", ann, Remote)).Status.ShouldBe(404);
        (await Api.PutAsync("/accounts/1a6", new { kind = "superadmin" })).Code.ShouldBe("InvalidOption");
        (await Api.PutAsync("/accounts/1a3", new { kind = "user" })).Code.ShouldBe("InvalidOption");
    }

    [Fact]
    public async Task A_generated_key_holds_no_letters_that_look_alike()
    {
        for (var i = 0; i < 20; i++)
        {
            var key = (await Api.PostAsync("/apikeys", new { })).Json;
            key.GetProperty("publicValue").GetString()!.ShouldMatch("^[0-9A-F]{20}$");
            key.GetProperty("secretValue").GetString()!.ShouldMatch("^[A-HJ-NP-Za-km-z1-9]{40}$");
        }
    }

    [Fact]
    public async Task A_key_changes_its_name_alone_and_goes_by_deactivate_then_remove()
    {
        var key = await Api.PostAsync("/apikeys", new { name = "a" });
        await Api.UntilAsync(key.Self, "active");

        var put = await Api.PutAsync(key.Self, new { name = "b", publicValue = "X", accountId = "1a5", secretValue = "y" });

        put.Json.GetProperty("name").GetString().ShouldBe("b");
        put.Json.GetProperty("publicValue").GetString().ShouldBe(key.Json.GetProperty("publicValue").GetString());
        put.Json.GetProperty("accountId").GetString().ShouldBe("1a1");
        await Api.UntilAsync(key.Self, "active");
        (await Api.PostAsync(key.Self + "/?action=remove")).Code.ShouldBe("ActionNotAvailable");
        (await Api.PostAsync(key.Self + "/?action=deactivate")).Status.ShouldBe(202);
        await Api.UntilAsync(key.Self, "inactive");
        (await Api.PostAsync(key.Self + "/?action=remove")).Status.ShouldBe(202);
        await Api.UntilAsync(key.Self, "removed");
    }

    private async Task<ClientWebSocket> SubscribeAsync((string Name, string Value) who)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader(who.Name, who.Value);
        await socket.ConnectAsync(new Uri(Api.Project.Replace("http", "ws", StringComparison.Ordinal) + "/subscribe?eventNames=resource.change"), TestContext.Current.CancellationToken);
        await socket.ReceiveAsync(new byte[4096], TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Reads to the close; the server checks every five seconds at the latest, and this is sooner.</summary>
    private static async Task ClosedAsync(ClientWebSocket socket)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(5));
        var buffer = new byte[65536];
        while ((await socket.ReceiveAsync(buffer, deadline.Token)).MessageType != WebSocketMessageType.Close)
        {
        }

        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }
}
