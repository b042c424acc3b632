using System.Net;
using System.Text.Json.Nodes;
using Drover.Model.Services;
using Drover.Model.Stacks;

namespace Drover.Client.Tests.Resources;

public sealed class ResourceSetTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_read_page_by_page()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("GET /v2-beta/stacks", asked =>
        {
            var second = asked.Query.Contains("marker=m1", StringComparison.Ordinal);
            var page = FakeApi.List(new JsonObject { ["id"] = second ? "1st2" : "1st1", ["type"] = "stack" });
            page["pagination"] = new JsonObject { ["next"] = second ? null : $"{api.Url}v2-beta/stacks?limit=1&marker=m1" };
            return new FakeApi.Answer(200, page);
        });
        using var client = Client(api);
        var ids = await client.Set<Stack>().ListAsync([("name", "a b"), ("state_ne", "removed")], Token).Select(stack => stack.Id).ToListAsync(Token);
        ids.ShouldBe(["1st1", "1st2"]);
        api.Requests[0].Query.ShouldBe("?name=a%20b&state_ne=removed&limit=1000");
    }

    [Fact]
    public async Task A_key_is_shown_on_every_request_and_our_own_additions_are_asked_for()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("GET /v2-beta/stacks/1st1", new JsonObject { ["id"] = "1st1" });
        using var client = new DroverClient(new ClientOptions { Url = api.Url, AccessKey = "key", SecretKey = "secret" });
        await client.Set<Stack>().GetAsync("1st1", Token);
        api.Requests[0].Authorization.ShouldBe("Basic a2V5OnNlY3JldA==");
        api.Requests[0].Drover.ShouldBe("1");
    }

    [Fact]
    public async Task A_refusal_carries_the_parts_of_the_error_body()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("POST /v2-beta/stacks", JsonNode.Parse("""{"type":"error","status":422,"code":"MissingRequired","fieldName":"name","message":null,"detail":"d"}""")!, 422);
        using var client = Client(api);
        var refused = await Should.ThrowAsync<ApiException>(() => client.Set<Stack>().CreateAsync(new Stack(), Token));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Code.ShouldBe("MissingRequired");
        refused.Field.ShouldBe("name");
        refused.Message.ShouldBe("name: MissingRequired: d [422]");
    }

    [Fact]
    public async Task An_answer_that_is_no_error_body_still_gives_the_status()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("GET /v2-beta/stacks/1st1", JsonValue.Create("bad gateway")!, 502);
        using var client = Client(api);
        (await Should.ThrowAsync<ApiException>(() => client.Set<Stack>().GetAsync("1st1", Token))).Status.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task An_update_reads_again_and_repeats_when_somebody_was_faster()
    {
        await using var api = await FakeApi.StartAsync();
        var scale = 1;
        var tries = 0;
        api.On("GET /v2-beta/services/1s7", _ => new FakeApi.Answer(200, new JsonObject { ["id"] = "1s7", ["scale"] = scale++ }));
        api.On("PUT /v2-beta/services/1s7", asked => ++tries < 3
            ? new FakeApi.Answer(409, new JsonObject { ["code"] = "Conflict" })
            : new FakeApi.Answer(200, new JsonObject { ["id"] = "1s7", ["scale"] = asked.Body!["scale"]!.DeepClone() }));
        using var client = Client(api);
        var service = await client.Set<Service>().UpdateAsync("1s7", service => service with { Scale = service.Scale + 10 }, Token);
        service.Wanted.Scale.ShouldBe(13);
        api.Requests[^1].Body!.ToJsonString().ShouldBe("""{"scale":13}""");
    }

    [Fact]
    public async Task A_conflict_that_stays_is_told_after_three_tries()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("POST /v2-beta/services/1s7/", new JsonObject { ["code"] = "Conflict" }, 409);
        using var client = Client(api);
        await Should.ThrowAsync<ApiException>(() => client.Set<Service>().ActAsync("1s7", "activate", cancellation: Token));
        api.Requests.Count.ShouldBe(3);
        api.Requests[0].Query.ShouldBe("?action=activate");
    }

    [Fact]
    public async Task What_is_not_there_is_null_to_the_one_who_looks_for_it()
    {
        await using var api = await FakeApi.StartAsync();
        using var client = Client(api);
        (await client.Set<Stack>().FindAsync("1st404", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_resource_tells_state_reason_links_and_actions()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("GET /v2-beta/services/1s7", JsonNode.Parse("""
            {"id":"1s7","type":"service","name":"web","state":"activating","transitioning":"yes","transitioningMessage":"In Progress",
             "links":{"self":"http://h/s","none":null},"actions":{"deactivate":"http://h/d"},"currentScale":2,"instanceIds":["1i1","1i2"],
             "drover":{"why":"no host has port 80 free","since":"2026-01-02T03:04:05Z","nextTry":null,"revision":9}}
            """)!);
        using var client = Client(api);
        var service = await client.Set<Service>().GetAsync("1s7", Token);
        (service.Id, service.Type, service.Name, service.State).ShouldBe(("1s7", "service", "web", "activating"));
        service.IsTransitioning.ShouldBeTrue();
        service.Why!.Reason.ShouldBe("no host has port 80 free");
        service.Why.Since.ShouldBe(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        service.Links.Keys.ShouldBe(["self"]);
        service.Actions.Keys.ShouldBe(["deactivate"]);
        service.Seen<ServiceSeen>().CurrentScale.ShouldBe(2);
        service.Ids("instanceIds").ShouldBe(["1i1", "1i2"]);
    }

    [Fact]
    public async Task Ids_from_people_cannot_leave_their_place_in_the_address()
    {
        await using var api = await FakeApi.StartAsync();
        using var client = Client(api);
        await client.Set<Stack>().FindAsync("../settings?x=1#y", Token);
        api.Requests[0].Path.ShouldStartWith("/v2-beta/stacks/");
        api.Requests[0].Query.ShouldBeEmpty();
    }

    private static DroverClient Client(FakeApi api) => new(new ClientOptions { Url = api.Url });
}
