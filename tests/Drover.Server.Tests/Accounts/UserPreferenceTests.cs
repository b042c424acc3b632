using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Accounts;

public sealed class UserPreferenceTests : ApiTest
{
    [Fact]
    public async Task Everybody_sees_and_changes_their_own_alone()
    {
        var (ann, bob) = (await TestPeople.AddAsync(Api, "ann"), await TestPeople.AddAsync(Api, "bob"));
        var theme = await Api.PostAsync("/userpreferences", new { name = "theme", value = "dark" }, ann);
        theme.Status.ShouldBe(201, theme.Text);
        await Api.UntilAsync(theme.Self, "active");

        (await Api.GetAsync("/userpreferences", ann)).Data.ShouldHaveSingleItem().GetProperty("value").GetString().ShouldBe("dark");
        (await Api.GetAsync("/userpreferences", bob)).Data.ShouldBeEmpty();
        (await Api.GetAsync("/userpreferences?all=true", bob)).Data.ShouldBeEmpty();
        (await Api.GetAsync(theme.Self, bob)).Status.ShouldBe(404);
        (await Api.SendAsync(HttpMethod.Put, theme.Self, new { value = "x" }, [bob])).Status.ShouldBe(404);
        (await Api.SendAsync(HttpMethod.Delete, theme.Self, null, [bob])).Status.ShouldBe(404);
        (await Api.GetAsync("/userpreferences")).Data.ShouldBeEmpty();
        (await Api.GetAsync("/userpreferences?all=true")).Data.ShouldHaveSingleItem();
        (await Api.SendAsync(HttpMethod.Put, theme.Self, new { value = "light" }, [ann])).Json.GetProperty("value").GetString().ShouldBe("light");
        (await Api.SendAsync(HttpMethod.Delete, theme.Self, null, [ann])).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_name_is_given_once_per_person_and_never_to_another_person()
    {
        var ann = await TestPeople.AddAsync(Api, "ann");
        (await Api.PostAsync("/userpreferences", new { name = "theme", value = "dark", accountId = "1a1" }, ann)).Status.ShouldBe(201);

        var again = await Api.PostAsync("/userpreferences", new { name = "theme", value = "light" }, ann);
        var mine = await Api.PostAsync("/userpreferences", new { name = "theme", value = "light" });

        (again.Code, again.Field).ShouldBe(("NotUnique", "name"));
        mine.Status.ShouldBe(201);
        (await Api.GetAsync("/userpreferences")).Data.ShouldHaveSingleItem().GetProperty("value").GetString().ShouldBe("light");
    }
}
