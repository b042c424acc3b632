using System.Text.Json;

namespace Drover.Server.Tests.Api.Queries;

/// <summary>Lists: filters with modifiers, order, pages, include (api-semantics.md section 8).</summary>
public sealed class ListTests : ApiTest
{
    [Theory]
    [InlineData("name=beta", "beta")]
    [InlineData("name=BETA", "beta")]
    [InlineData("name_ne=beta", "alpha", "gamma")]
    [InlineData("name_prefix=a", "alpha")]
    [InlineData("name_like=%25mm%25", "gamma")]
    [InlineData("name_notlike=%25a", "")]
    [InlineData("description_null", "beta", "gamma")]
    [InlineData("description_notnull=", "alpha")]
    [InlineData("removed_null=%3Cnil%3E", "alpha", "beta", "gamma")]
    [InlineData("name=alpha&name=beta", "")]
    [InlineData("name_ne=alpha&name_prefix=b", "beta")]
    [InlineData("state=active", "alpha", "beta", "gamma")]
    [InlineData("state_ne=active", "")]
    [InlineData("system=false", "alpha", "beta", "gamma")]
    [InlineData("nonsense=1", "alpha", "beta", "gamma")]
    [InlineData("name_lt=b", "alpha", "beta", "gamma")]
    [InlineData("created_gt=now", "")]
    [InlineData("created_lt=4102444800000", "alpha", "beta", "gamma")]
    [InlineData("id=1st2", "beta")]
    [InlineData("id_gt=1st1", "beta", "gamma")]
    [InlineData("accountId=1a5", "alpha", "beta", "gamma")]
    [InlineData("accountId=5", "")]
    [InlineData("sort=name&order=desc", "gamma", "beta", "alpha")]
    [InlineData("sort=nonsense", "alpha", "beta", "gamma")]
    [InlineData("sort=description", "beta", "gamma", "alpha")]
    [InlineData("limit=2", "alpha", "beta")]
    [InlineData("limit=2&marker=m2", "gamma")]
    [InlineData("limit=2&marker=2", "alpha", "beta")]
    [InlineData("limit=-2", "alpha", "beta", "gamma")]
    [InlineData("limit=x", "alpha", "beta", "gamma")]
    public async Task A_list_holds_what_its_parameters_ask_for(string query, params string[] names)
    {
        await ThreeStacksAsync();

        var list = await Api.GetAsync($"{Api.Project}/stacks?{query}");

        list.Status.ShouldBe(200);
        list.Data.Select(s => s.GetProperty("name").GetString()).ShouldBe(names is [""] ? [] : names);
    }

    [Fact]
    public async Task A_collection_has_the_contracts_envelope()
    {
        await ThreeStacksAsync();

        var list = (await Api.GetAsync($"{Api.Project}/stacks?limit=2&sort=name&name_prefix=&x=1")).Json;

        list.EnumerateObject().Select(m => m.Name).ShouldBe(["type", "resourceType", "links", "createTypes", "actions", "data", "sortLinks", "pagination", "sort", "filters", "createDefaults"]);
        list.GetProperty("links").GetProperty("self").GetString().ShouldBe(Api.Project + "/stacks");
        var pagination = list.GetProperty("pagination");
        pagination.GetProperty("partial").GetBoolean().ShouldBeTrue();
        pagination.GetProperty("limit").GetInt32().ShouldBe(2);
        list.GetProperty("sort").GetProperty("reverse").GetString()!.ShouldContain("order=desc");
        list.GetProperty("filters").GetProperty("name")[0].GetProperty("modifier").GetString().ShouldBe("prefix");
        list.GetProperty("filters").GetProperty("state").ValueKind.ShouldBe(JsonValueKind.Null);
        list.GetProperty("sortLinks").GetProperty("created").GetString()!.ShouldEndWith("sort=created");
    }

    [Fact]
    public async Task Following_next_reads_every_row_once()
    {
        await ThreeStacksAsync();
        var names = new List<string?>();

        var url = $"{Api.Project}/stacks?limit=1&name_ne=none";
        while (url is not null)
        {
            var page = await Api.GetAsync(url);
            names.AddRange(page.Data.Select(s => s.GetProperty("name").GetString()));
            url = page.Json.GetProperty("pagination").GetProperty("next").GetString();
        }

        names.ShouldBe(["alpha", "beta", "gamma"]);
    }

    [Fact]
    public async Task Only_the_first_include_counts_and_its_link_stays()
    {
        var network = (await Api.GetAsync(Api.Project + "/networks?include=subnets&include=account")).Data[0];

        network.GetProperty("subnets")[0].GetProperty("type").GetString().ShouldBe("subnet");
        network.GetProperty("links").TryGetProperty("subnets", out _).ShouldBeTrue();
        network.TryGetProperty("account", out _).ShouldBeFalse();
        (await Api.GetAsync(Api.Project + "/subnets/1s1?include=network")).Json.GetProperty("network").GetProperty("id").GetString().ShouldBe("1n1");
    }

    [Fact]
    public async Task Links_lead_to_the_objects_behind_them()
    {
        var subnets = await Api.GetAsync(Api.Project + "/networks/1n1/subnets");
        var network = await Api.GetAsync(Api.Project + "/subnets/1s1/network");

        subnets.Data.ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe("1s1");
        subnets.Json.GetProperty("pagination").ValueKind.ShouldBe(JsonValueKind.Null);
        network.Json.GetProperty("id").GetString().ShouldBe("1n1");
        (await Api.GetAsync(Api.Project + "/networks/1n1/nonsense")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_post_on_a_child_link_creates_the_child_of_that_parent()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" });

        var template = await Api.PostAsync(stack.GetProperty("links").GetProperty("volumeTemplates").GetString()!, new { name = "data", driver = "local" });

        template.Status.ShouldBe(201, template.Text);
        template.Json.GetProperty("stackId").GetString().ShouldBe("1st1");
    }

    [Fact]
    public async Task A_date_is_compared_as_it_is_shown()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" });
        var (shown, stamp) = (stack.GetProperty("created").GetString(), stack.GetProperty("createdTS").GetInt64());

        stamp.ShouldBe(DateTimeOffset.Parse(shown!, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
        foreach (var found in new[] { $"created={shown}", $"created={stamp}", $"created_lte={shown}", $"created_gte={stamp}" })
            (await Api.GetAsync($"{Api.Project}/stacks?{found}")).Data.Count.ShouldBe(1, found);
        foreach (var missed in new[] { $"created_gt={shown}", $"created_lt={shown}", $"created_ne={stamp}" })
            (await Api.GetAsync($"{Api.Project}/stacks?{missed}")).Data.ShouldBeEmpty(missed);
    }

    [Theory]
    [InlineData("hostname=b", "beta")]
    [InlineData("hostname_null", "gamma")]
    [InlineData("system=true", "")]
    [InlineData("sort=hostname&order=desc", "beta", "alpha", "gamma")]
    [InlineData("zoneId=1z1", "alpha", "beta", "gamma")]
    public async Task A_base_type_is_filtered_and_sorted_by_what_its_kinds_show(string query, params string[] names)
    {
        foreach (var (name, hostname) in new[] { ("alpha", "a"), ("beta", "b"), ("gamma", null) })
            await Api.CreateAsync(Api.Project + "/containers", new { name, hostname, imageUuid = "docker:x" });

        var list = await Api.GetAsync($"{Api.Project}/instances?{query}");

        list.Data.Select(row => row.GetProperty("name").GetString()).ShouldBe(names is [""] ? [] : names);
        list.Json.GetProperty("sortLinks").TryGetProperty("hostname", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_embedded_stands_in_the_place_of_a_field_of_that_name()
    {
        var container = await Api.CreateAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:x", ports = new[] { "80:80" } });

        var ports = (await Api.GetAsync(container.GetProperty("links").GetProperty("self").GetString() + "?include=ports")).Json.EnumerateObject().Where(member => member.Name == "ports").ToList();

        ports.ShouldHaveSingleItem().Value[0].GetProperty("type").GetString().ShouldBe("port");
    }

    [Fact]
    public async Task Base_types_list_their_family_in_concrete_types()
    {
        await Api.CreateAsync(Api.Project + "/apikeys", new { name = "k" }, "active");
        await Api.CreateAsync(Api.Project + "/registrationtokens", new { }, "active");

        var credentials = await Api.GetAsync(Api.Project + "/credentials");

        credentials.Json.GetProperty("resourceType").GetString().ShouldBe("credential");
        credentials.Data.Select(c => c.GetProperty("type").GetString()).ShouldBe(["apiKey", "registrationToken"]);
        credentials.Json.GetProperty("createTypes").TryGetProperty("apiKey", out _).ShouldBeTrue();
        (await Api.GetAsync(Api.Project + "/credentials/1c1")).Json.GetProperty("type").GetString().ShouldBe("apiKey");
        (await Api.GetAsync(Api.Project + "/registrationtokens/1c1")).Status.ShouldBe(404);
        (await Api.GetAsync(Api.Project + "/credentials?publicValue_notnull")).Data.ShouldHaveSingleItem("a registration token does not show its publicValue")
            .GetProperty("type").GetString().ShouldBe("apiKey");
    }

    private async Task ThreeStacksAsync()
    {
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "alpha", description = "first" }, "active");
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "beta" }, "active");
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "gamma" }, "active");
    }
}
