namespace Drover.Server.Tests.Api.Subscribe;

public sealed class PublishTests : ApiTest
{
    [Fact]
    public async Task What_is_published_is_echoed()
    {
        foreach (var version in new[] { "v1", "v2-beta" })
        {
            var reply = await Api.PostAsync($"{Api.Server.Url}{version}/publish", new { name = "reply.77", previousIds = new[] { "ev-1" }, data = new { a = 1 } });

            reply.Status.ShouldBe(201, reply.Text);
            (reply.Json.GetProperty("type").GetString(), reply.Json.GetProperty("name").GetString()).ShouldBe(("publish", "reply.77"));
            reply.Json.GetProperty("previousIds")[0].GetString().ShouldBe("ev-1");
            reply.Json.GetProperty("data").GetProperty("a").GetInt32().ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("""{"name": "reply.1"}""", 201)]
    [InlineData("""{"name": "service.kubernetes.change"}""", 201)]
    [InlineData("""{"name": "resource.change"}""", 403)]
    [InlineData("""{"name": "reply"}""", 403)]
    [InlineData("""{"name": "service."}""", 403)]
    [InlineData("""{"name": "service.A"}""", 403)]
    [InlineData("""{}""", 422)]
    [InlineData("""{"name": 5}""", 403)]
    [InlineData("""[""", 400)]
    public async Task Answers_alone_may_be_published(string body, int status)
        => (await Api.PostAsync("/publish", body)).Status.ShouldBe(status);

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        (await Api.PostAsync("/publish", new { name = "reply." + new string('a', 300) })).Code.ShouldBe("MaxLengthExceeded");
        (await Api.PostAsync("/publish", new { name = "reply.1", previousIds = Enumerable.Range(0, 101).Select(i => $"{i}") })).Code.ShouldBe("MaxLengthExceeded");
    }

    [Fact]
    public async Task Internal_services_name_any_event_and_people_none()
    {
        var service = await TestPeople.AddAsync(Api, "inside", kind: "service");
        var user = await TestPeople.AddAsync(Api, "user");

        (await Api.PostAsync("/publish", new { name = "config.update" }, service)).Status.ShouldBe(201);
        (await Api.PostAsync("/publish", new { name = "reply.1" }, user)).Status.ShouldBe(404);
        (await Api.PostAsync(Api.Project + "/publish", new { name = "reply.1" })).Status.ShouldBe(404, "an owner is no handler");
        (await Api.GetAsync("/publish")).Status.ShouldBe(405);
    }
}
