using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Environments;

public sealed class SetMembersTests : ApiTest
{
    [Fact]
    public async Task New_members_replace_the_old_ones_and_may_enter()
    {
        var (id, basic) = await UserAsync("member");
        (await Api.GetAsync(Api.Project + "/stacks", basic, Remote)).Status.ShouldBe(403);

        var reply = await Api.PostAsync("/projects/1a5/?action=setmembers", new { members = new[] { Member("1a1", "owner"), Member(id, "readonly") } });

        reply.Status.ShouldBe(200, reply.Text);
        reply.Data.Select(m => m.GetProperty("role").GetString()).ShouldBe(["owner", "readonly"]);
        (await Api.GetAsync("/projects/1a5/projectmembers")).Data.Count.ShouldBe(2);
        (await Api.GetAsync(Api.Project + "/stacks", basic, Remote)).Status.ShouldBe(200);
        (await Api.PostAsync(Api.Project + "/stacks", new { name = "x" }, basic, Remote)).Status.ShouldBe(405);
        (await Api.PostAsync(Api.Root + "/projects/1a5/?action=setmembers", new { members = new[] { Member(id, "owner") } }, basic, Remote)).Code.ShouldBe("ActionNotAvailable");
    }

    [Theory]
    [InlineData("""{}""", 422)]
    [InlineData("""{"members":[]}""", 422)]
    [InlineData("""{"members":[{"externalId":"1a1","role":"owner"}]}""", 400)]
    [InlineData("""{"members":[{"externalId":"1a1","externalIdType":"rancher_id","role":"member"}]}""", 400)]
    [InlineData("""{"members":[{"externalId":"1a77","externalIdType":"rancher_id","role":"owner"}]}""", 400)]
    public async Task Members_without_an_owner_or_a_key_change_nothing(string body, int status)
    {
        (await Api.PostAsync("/projects/1a5/?action=setmembers", body)).Status.ShouldBe(status);

        (await Api.GetAsync("/projects/1a5/projectmembers")).Data.ShouldHaveSingleItem().GetProperty("role").GetString().ShouldBe("owner");
    }

    private static object Member(string id, string role) => new { externalId = id, externalIdType = "rancher_id", role };

    private async Task<(string Id, (string, string) Key)> UserAsync(string name)
    {
        var user = await Api.CreateAsync("/accounts", new { name, kind = "user" }, "active");
        var id = user.GetProperty("id").GetString()!;
        var key = await Api.PostAsync("/apikeys", new { accountId = id });
        await Api.UntilAsync(key.Self, "active");
        return (id, ApiServer.Basic(key.Json.GetProperty("publicValue").GetString()!, key.Json.GetProperty("secretValue").GetString()!));
    }
}
