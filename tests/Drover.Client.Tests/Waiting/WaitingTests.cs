using System.Text.Json.Nodes;
using Drover.Client.Waiting;

namespace Drover.Client.Tests.Waiting;

public sealed class WaitingTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_ends_the_waiting_without_a_poll()
    {
        await using var api = await StartAsync();
        var state = "activating";
        api.On("GET /v2-beta/projects/1a5/services/1s7", _ => new FakeApi.Answer(200, Service(state)));
        using var client = new DroverClient(new ClientOptions { Url = api.Url, Time = new StoppedTime() });
        var waiting = (await client.EnterAsync(null, Token)).Services.WaitUntilSettledAsync("1s7", Long, Token);
        await UntilAsync(() => api.Subscribers == 1 && api.Requests.Count(asked => asked.Path.EndsWith("1s7", StringComparison.Ordinal)) >= 2);
        state = "active";
        api.Publish("service", "1s7", Service(state));
        (await waiting.WaitAsync(Long, Token)).State.ShouldBe("active");
    }

    [Fact]
    public async Task Only_changes_of_the_object_itself_make_it_look_again()
    {
        await using var api = await StartAsync();
        var state = "activating";
        var looks = 0;
        api.On("GET /v2-beta/projects/1a5/services/1s7", _ =>
        {
            looks++;
            return new FakeApi.Answer(200, Service(state));
        });
        using var client = new DroverClient(new ClientOptions { Url = api.Url, Time = new StoppedTime() });
        var environment = await client.EnterAsync(null, Token);
        var waiting = environment.Services.WaitUntilAsync("1s7", "active", Long, Token);
        await UntilAsync(() => api.Subscribers == 1 && looks >= 2);
        var before = looks;
        var other = environment.ChangesAsync(Token).GetAsyncEnumerator(Token);
        var first = other.MoveNextAsync();
        await UntilAsync(() => api.Subscribers == 2);
        for (var change = 0; change < 20; change++)
        {
            api.Publish("service", "1s8", Service("active"));
            (await first).ShouldBeTrue();
            first = other.MoveNextAsync();
        }

        looks.ShouldBe(before);
        state = "active";
        api.Publish("service", "1s7", Service(state));
        (await waiting.WaitAsync(Long, Token)).State.ShouldBe("active");
        (await first).ShouldBeTrue();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task What_is_gone_counts_as_removed()
    {
        await using var api = await StartAsync();
        using var client = new DroverClient(new ClientOptions { Url = api.Url });
        await (await client.EnterAsync(null, Token)).Services.WaitUntilRemovedAsync("1s404", Long, Token);
    }

    [Fact]
    public async Task Where_no_stream_can_be_had_it_looks_every_second()
    {
        await using var api = await StartAsync();
        api.AllowsSubscriptions = false;
        var looks = 0;
        api.On("GET /v2-beta/projects/1a5/services/1s7", _ => new FakeApi.Answer(200, Service(++looks < 3 ? "activating" : "active")));
        using var client = new DroverClient(new ClientOptions { Url = api.Url });
        (await (await client.EnterAsync(null, Token)).Services.WaitUntilSettledAsync("1s7", Long, Token)).State.ShouldBe("active");
    }

    [Fact]
    public async Task A_stream_that_ends_is_opened_again()
    {
        await using var api = await StartAsync();
        using var client = new DroverClient(new ClientOptions { Url = api.Url });
        await using var signal = (await client.EnterAsync(null, Token)).Listen();
        await UntilAsync(() => api.Subscribers == 1 && signal.IsLive);
        api.HangUp();
        await UntilAsync(() => api.Requests.Count(asked => asked.Path.EndsWith("/subscribe", StringComparison.Ordinal)) == 2 && signal.IsLive);
    }

    [Fact]
    public async Task Waiting_too_long_tells_the_last_state_and_reason()
    {
        await using var api = await StartAsync();
        var waiting = Service("activating");
        waiting["drover"] = new JsonObject { ["why"] = "the image is not there", ["since"] = "2026-01-02T03:04:05Z" };
        api.On("GET /v2-beta/projects/1a5/services/1s7", waiting);
        using var client = new DroverClient(new ClientOptions { Url = api.Url });
        var late = await Should.ThrowAsync<WaitTimeoutException>(async () =>
            await (await client.EnterAsync(null, Token)).Services.WaitUntilSettledAsync("1s7", TimeSpan.FromMilliseconds(50), Token));
        late.Message.ShouldBe("service web is activating after 0.1 s: the image is not there");
    }

    [Fact]
    public async Task Changes_are_read_as_they_come_and_pings_are_left_out()
    {
        await using var api = await StartAsync();
        using var client = new DroverClient(new ClientOptions { Url = api.Url });
        var environment = await client.EnterAsync(null, Token);
        var reading = environment.ChangesAsync(Token).ToListAsync(Token).AsTask();
        await UntilAsync(() => api.Subscribers == 1);
        api.Send("""{"name":"ping","resourceType":null,"resourceId":null,"data":{"options":{},"resources":[]}}""");
        api.Publish("service", "1s7", Service("active"));
        api.Publish("container", "1i9", new JsonObject { ["description"] = new string('x', 100_000) });
        api.HangUp();
        (await reading.WaitAsync(Long, Token)).Select(change => (change.Type, change.Id)).ShouldBe([("service", "1s7"), ("container", "1i9")]);
    }

    private static async Task<FakeApi> StartAsync()
    {
        var api = await FakeApi.StartAsync();
        api.On("GET /v2-beta/projects", FakeApi.List(new JsonObject { ["id"] = "1a5", ["name"] = "Default" }));
        return api;
    }

    private static JsonObject Service(string state) => new()
    {
        ["id"] = "1s7",
        ["type"] = "service",
        ["name"] = "web",
        ["state"] = state,
        ["transitioning"] = state == "active" ? "no" : "yes",
    };

    private static async Task UntilAsync(Func<bool> reached)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Long);
        while (!reached()) await Task.Delay(5, deadline.Token);
    }

    /// <summary>No timer ever fires, so that only what arrives can move the waiting on.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new NoTimer();

        private sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
