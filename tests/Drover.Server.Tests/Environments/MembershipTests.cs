using System.Text.Json;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Environments;

/// <summary>Who sees and changes an environment and its members (ENV-13 to ENV-23).</summary>
public sealed class MembershipTests : ApiTest
{
    [Fact]
    public async Task Members_are_shown_as_the_identities_they_are()
    {
        var account = (await Api.CreateAsync("/accounts", new { name = "Ann", kind = "user" }, "active")).GetProperty("id").GetString()!;
        await Api.PostAsync("/projects/1a5/?action=setmembers", new { members = new[] { TestPeople.Member("1a1", "owner"), TestPeople.Member(account, "restricted"), TestPeople.Member("Gone-Team", "member", "github_team") } });

        var reply = await Api.GetAsync("/projects/1a5/projectmembers");

        reply.Json.GetProperty("resourceType").GetString().ShouldBe("projectMember");
        reply.Data.ShouldAllBe(m => m.GetProperty("type").GetString() == "identity" && m.GetProperty("projectId").GetString() == "1a5");
        reply.Data.Select(m => m.GetProperty("id").GetString()).ShouldBe(["1i!rancher_id:1a1", $"1i!rancher_id:{account}", "1i!github_team:Gone-Team"]);
        reply.Data.Select(m => m.GetProperty("role").GetString()).ShouldBe(["owner", "restricted", "member"]);
        reply.Data.Select(m => m.GetProperty("name").GetString()).ShouldBe(["admin", "Ann", "Gone-Team"]);
        reply.Data[2].GetProperty("login").GetString().ShouldBe("(GITHUB_TEAM  not found) Gone-Team");
        (await Api.GetAsync("/projectmembers", ("X-API-Project-Id", "1a5"))).Data.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_member_reads_the_members_and_a_stranger_does_not()
    {
        var (member, stranger) = (await TestPeople.AddAsync(Api, "m", "readonly"), await TestPeople.AddAsync(Api, "s"));

        (await Api.GetAsync("/projects/1a5/projectmembers", member)).Data.Count.ShouldBe(2);
        (await Api.GetAsync("/projects/1a5/projectmembers", stranger)).Status.ShouldBe(404);
        (await Api.GetAsync("/projectmembers", stranger)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task Members_change_in_no_other_way()
    {
        (await Api.PostAsync("/projectmembers", TestPeople.Member("1a1", "owner"))).Status.ShouldBe(405);
        var member = Api.Store.Current.All<Model.Environments.ProjectMember>().Single();

        foreach (var action in new[] { "activate", "deactivate", "remove", "update", "purge" })
            (await Api.PostAsync($"/projectmembers/1pm{member.Id}/?action={action}")).Code.ShouldBe("ActionNotAvailable");
    }

    [Fact]
    public async Task Whom_the_setting_names_may_set_members_but_not_owners()
    {
        var member = await TestPeople.AddAsync(Api, "m", "member");
        object[] Now(string mine) => [TestPeople.Member("1a1", "owner"), TestPeople.Member("1a6", mine)];
        (await Api.PostAsync("/projects/1a5/?action=setmembers", new { members = Now("member") }, member)).Code.ShouldBe("ActionNotAvailable");
        (await Api.PutAsync("/settings/project.set.member.roles", new { value = "owner, member" })).Status.ShouldBe(200);

        (await Api.PostAsync("/projects/1a5/?action=setmembers", new { members = Now("owner") }, member)).Status.ShouldBe(403);
        (await Api.PostAsync("/projects/1a5/?action=setmembers", new { members = new[] { TestPeople.Member("1a6", "owner") } }, member)).Status.ShouldBe(403);
        (await Api.PostAsync("/projects/1a5/?action=setmembers", new { members = Now("restricted") }, member)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_highest_role_of_somebody_wins()
    {
        var ann = await TestPeople.AddAsync(Api, "ann", "readonly");
        (await Api.PostAsync(Api.Project + "/stacks", new { name = "x" }, ann)).Status.ShouldBe(405);

        await TestPeople.JoinAsync(Api, "1a6", "member");

        (await Api.PostAsync(Api.Project + "/stacks", new { name = "x" }, ann)).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("owner", true)]
    [InlineData("member", false)]
    [InlineData("restricted", false)]
    [InlineData("readonly", false)]
    public async Task Only_owners_see_an_inactive_environment_and_nobody_enters_it(string role, bool sees)
    {
        var person = await TestPeople.AddAsync(Api, "p", role);
        var key = await Api.PostAsync(Api.Project + "/apikeys", new { });
        await Api.UntilAsync(key.Self, "active");
        (await Api.PostAsync("/projects/1a5/?action=deactivate")).Status.ShouldBe(202);
        await Api.UntilAsync("/projects/1a5", "inactive");

        (await Api.GetAsync("/projects/1a5", person)).Status.ShouldBe(sees ? 200 : 404);
        (await Api.GetAsync("/projects", person)).Data.Count.ShouldBe(sees ? 1 : 0);
        (await Api.GetAsync(Api.Project + "/stacks", person)).Status.ShouldBe(403);
        (await Api.GetAsync("/stacks", ApiServer.Basic(key.Json.GetProperty("publicValue").GetString()!, key.Json.GetProperty("secretValue").GetString()!), Remote)).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("owner", 200, 202)]
    [InlineData("member", 403, 422)]
    [InlineData("restricted", 403, 422)]
    [InlineData("readonly", 403, 422)]
    public async Task Only_owners_rename_deactivate_or_remove_an_environment(string role, int write, int action)
    {
        var person = await TestPeople.AddAsync(Api, "p", role);

        (await Api.SendAsync(HttpMethod.Put, "/projects/1a5", new { name = "renamed" }, [person])).Status.ShouldBe(write);
        (await Api.PostAsync("/projects/1a5/?action=deactivate", null, person)).Status.ShouldBe(action);
        (await Api.SendAsync(HttpMethod.Delete, "/projects/1a5", null, [person])).Status.ShouldBe(write);
    }

    [Fact]
    public async Task An_environment_is_created_with_its_members_or_not_at_all()
    {
        var ann = await TestPeople.AddAsync(Api, "ann");

        (await Api.PostAsync("/projects", new { name = "a", members = new[] { TestPeople.Member("1a6", "member") } }, ann)).Code.ShouldBe("InvalidFormat");
        (await Api.PostAsync("/projects", new { name = "a", members = new[] { TestPeople.Member("1a99", "owner") } }, ann)).Status.ShouldBe(400);
        (await Api.PostAsync(Api.Project + "/projects", new { name = "a" })).Status.ShouldBeOneOf(403, 405);
        (await Api.GetAsync("/projects?all=true")).Data.ShouldHaveSingleItem();
        var made = await Api.PostAsync("/projects", new { name = "a", members = new[] { TestPeople.Member("1a6", "owner"), TestPeople.Member("1a1", "readonly") } }, ann);

        made.Status.ShouldBe(201, made.Text);
        (await Api.GetAsync(made.Self + "/projectmembers", ann)).Data.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_environment_is_as_healthy_as_its_stacks()
    {
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "app", startOnCreate = true, dockerCompose = "web:\n  image: busybox\n" });
        await Api.UntilAsync("/projects/1a5", project => project.GetProperty("healthState").GetString() != "healthy");

        foreach (var stack in (await Api.GetAsync(Api.Project + "/stacks")).Data) await Api.DeleteAsync(Self(stack));

        await Api.UntilAsync("/projects/1a5", project => project.GetProperty("healthState").GetString() == "healthy");
    }

    private static string Self(JsonElement resource) => resource.GetProperty("links").GetProperty("self").GetString()!;
}
