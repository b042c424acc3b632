using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Environments;

/// <summary>Templates of environments (ENV-03, ENV-06 to ENV-11, ENV-27).</summary>
public sealed class ProjectTemplateTests : ApiTest
{
    private static readonly object[] Stacks =
    [
        new { name = "checks", dockerCompose = "probe:\n  image: busybox\n  environment:\n    MODE: ${MODE}\n", rancherCompose = "probe:\n  scale: 2\n", answers = new Dictionary<string, string> { ["MODE"] = "deep" } },
        new { name = "from-catalog", templateId = "library:infra*ipsec", templateVersionId = "library:infra*ipsec:1" },
    ];

    [Fact]
    public async Task A_private_template_is_its_owners_alone_and_a_public_one_is_read_by_all()
    {
        var (ann, bob) = (await TestPeople.AddAsync(Api, "ann"), await TestPeople.AddAsync(Api, "bob", "owner"));
        var mine = await Api.PostAsync("/projecttemplates", new { name = "mine", isPublic = true }, ann);
        var open = await Api.PostAsync("/projecttemplates", new { name = "open", isPublic = true });
        mine.Status.ShouldBe(201, mine.Text);

        (await NamesAsync("", ann)).ShouldBe(["mine", "open"]);
        (await NamesAsync("", bob)).ShouldBe(["open"]);
        (await NamesAsync("/projects/1a5", bob)).ShouldBe(["open"]);
        (await Api.GetAsync(mine.Self, bob)).Status.ShouldBe(404);
        (await Api.GetAsync(open.Self, bob)).Status.ShouldBe(200);
        (await Api.SendAsync(HttpMethod.Put, open.Self, new { description = "x" }, [bob])).Status.ShouldBe(404);
        (await Api.SendAsync(HttpMethod.Delete, open.Self, null, [bob])).Status.ShouldBe(404);
        (await Api.PostAsync(open.Self + "/?action=remove", null, bob)).Status.ShouldBe(404);
        (await Api.SendAsync(HttpMethod.Put, mine.Self, new { description = "x" }, [ann])).Status.ShouldBe(200);
        (await Api.SendAsync(HttpMethod.Delete, mine.Self, null, [ann])).Status.ShouldBe(200);
        (await Api.PutAsync(open.Self, new { isPublic = false })).Status.ShouldBe(200);
        (await NamesAsync("", bob)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_environment_gets_the_stacks_of_its_template_as_the_platforms_own()
    {
        var ann = await TestPeople.AddAsync(Api, "ann");
        var template = await Api.PostAsync("/projecttemplates", new { name = "mine", stacks = Stacks }, ann);
        (await Api.UntilAsync(template.Self, "active")).GetProperty("stacks")[0].GetProperty("answers").GetProperty("MODE").GetString().ShouldBe("deep");

        var project = await Api.PostAsync("/projects", new { name = "made", projectTemplateId = template.Json.GetProperty("id").GetString() }, ann);

        project.Status.ShouldBe(201, project.Text);
        await Api.UntilAsync(project.Self, "active");
        var stack = (await Api.GetAsync(project.Self + "/stacks", ann)).Data.ShouldHaveSingleItem();
        (stack.GetProperty("name").GetString(), stack.GetProperty("system").GetBoolean()).ShouldBe(("checks", true));
        var service = (await Api.GetAsync(project.Self + "/services", ann)).Data.ShouldHaveSingleItem();
        service.GetProperty("scale").GetInt64().ShouldBe(2);
        service.GetProperty("launchConfig").GetProperty("environment").GetProperty("MODE").GetString().ShouldBe("deep");
        await Api.DeleteAsync(template.Self);
        (await Api.GetAsync(project.Self + "/stacks", ann)).Data.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Somebody_elses_template_cannot_be_used()
    {
        var (ann, bob) = (await TestPeople.AddAsync(Api, "ann"), await TestPeople.AddAsync(Api, "bob"));
        var template = await Api.PostAsync("/projecttemplates", new { name = "mine", stacks = Stacks }, ann);

        var refused = await Api.PostAsync("/projects", new { name = "made", projectTemplateId = template.Json.GetProperty("id").GetString() }, bob);

        (refused.Status, refused.Field).ShouldBe((422, "projectTemplateId"));
        (await Api.GetAsync("/projects", bob)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_public_template_that_the_setting_names_is_taken_where_none_is_named()
    {
        await Api.PostAsync("/projecttemplates", new { name = "House", isPublic = true, stacks = Stacks });
        await Api.PutAsync("/settings/project.template.default.name", new { value = "House" });

        var project = await Api.CreateAsync("/projects", new { name = "made" }, "active");

        project.GetProperty("projectTemplateId").GetString().ShouldBe("1pt2"); // 1pt1 is the one that comes with the server
        (await Api.GetAsync($"/projects/{project.GetProperty("id").GetString()}/stacks")).Data.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("web: [")]
    [InlineData("web:\n  image: busybox\n  links: 7\n")]
    public async Task A_template_with_files_that_cannot_be_read_is_refused(string dockerCompose)
    {
        var refused = await Api.PostAsync("/projecttemplates", new { name = "broken", stacks = new[] { new { name = "a", dockerCompose } } });

        (refused.Status, refused.Field).ShouldBe((422, "stacks"));
        (await NamesAsync("", ("X-Nothing", ""))).ShouldBeEmpty();
    }

    private async Task<List<string?>> NamesAsync(string scope, (string, string) who)
        => [.. (await Api.GetAsync(scope + "/projecttemplates", who)).Data.Select(t => t.GetProperty("name").GetString()).Where(name => name != "Cattle").Order(StringComparer.Ordinal)];
}
