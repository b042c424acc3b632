using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Drover.Server.Tests.Api.Subscribe;

public sealed class SubscribeTests : ApiTest
{
    [Fact]
    public async Task A_ping_comes_first_and_a_change_as_soon_as_it_is_written()
    {
        using var socket = await OpenAsync("projects/1a5/subscribe?eventNames=resource.change");
        (await ReadAsync(socket)).GetProperty("name").GetString().ShouldBe("ping");

        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" });

        var change = await ReadAsync(socket);
        change.GetProperty("name").GetString().ShouldBe("resource.change");
        change.GetProperty("resourceType").GetString().ShouldBe("stack");
        change.GetProperty("resourceId").GetString().ShouldBe(stack.GetProperty("id").GetString());
        var resource = change.GetProperty("data").GetProperty("resource");
        resource.GetProperty("links").GetProperty("self").GetString().ShouldBe(stack.GetProperty("links").GetProperty("self").GetString());
        resource.GetProperty("actions").ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public async Task Action_links_stand_beside_the_resource_for_clients_that_ask()
    {
        using var socket = await OpenAsync("projects/1a5/subscribe?eventNames=resource.change&_actionLinks");
        await ReadAsync(socket);

        await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" });

        var data = (await ReadAsync(socket)).GetProperty("data");
        data.GetProperty("actionLinks").GetProperty("remove").GetString().ShouldEndWith("?action=remove");
        data.GetProperty("resource").TryGetProperty("actions", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_asked_to_be_included_stands_in_the_resource()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" }, "active");
        using var plain = await OpenAsync("projects/1a5/subscribe?eventNames=resource.change");
        using var socket = await OpenAsync("projects/1a5/subscribe?eventNames=resource.change&include=nothing&include=stack&include=services");
        await ReadAsync(plain);
        await ReadAsync(socket);

        await Api.CreateAsync(Api.Project + "/services", new { name = "web", stackId = stack.GetProperty("id").GetString(), launchConfig = new { imageUuid = "docker:x" } });

        var service = await ResourceAsync(socket, "service");
        service.GetProperty("stack").GetProperty("name").GetString().ShouldBe("app");
        service.GetProperty("links").TryGetProperty("stack", out _).ShouldBeTrue();
        (await ResourceAsync(plain, "service")).TryGetProperty("stack", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_included_has_an_end()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" }, "active");
        for (var i = 0; i < 101; i++)
            await Api.CreateAsync(Api.Project + "/services", new { name = $"web{i}", stackId = stack.GetProperty("id").GetString(), launchConfig = new { imageUuid = "docker:x" } });
        using var socket = await OpenAsync("projects/1a5/subscribe?eventNames=resource.change&include=services");
        await ReadAsync(socket);

        await Api.PutAsync(stack.GetProperty("links").GetProperty("self").GetString()!, new { description = "changed" });

        (await ResourceAsync(socket, "stack")).GetProperty("services").GetArrayLength().ShouldBe(100);
    }

    private static async Task<JsonElement> ResourceAsync(ClientWebSocket socket, string type)
    {
        JsonElement message;
        do message = await ReadAsync(socket);
        while (message.GetProperty("resourceType").GetString() != type);
        return message.GetProperty("data").GetProperty("resource");
    }

    [Fact]
    public async Task Changes_of_one_environment_are_not_told_in_another()
    {
        var other = (await Api.CreateAsync("/projects", new { name = "other" }, "active")).GetProperty("id").GetString();
        using var socket = await OpenAsync($"projects/{other}/subscribe?eventNames=resource.change");
        await ReadAsync(socket);

        await Api.CreateAsync(Api.Project + "/stacks", new { name = "secret-of-default" });
        await Api.CreateAsync($"/projects/{other}/stacks", new { name = "mine" });

        string? told;
        do told = NameOf(await ReadAsync(socket));
        while (told == "managed"); // the new environment's own network may still be settling

        told.ShouldBe("mine");
    }

    [Fact]
    public async Task An_environment_that_comes_and_goes_elsewhere_ends_no_stream()
    {
        using var socket = await OpenAsync("projects/1a5/subscribe?eventNames=resource.change");
        await ReadAsync(socket);

        var other = await Api.CreateAsync("/projects", new { name = "other" }, "active");
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "meanwhile" });
        await ToldOfAsync(socket, "meanwhile");
        await Api.DeleteAsync(other.GetProperty("links").GetProperty("self").GetString()!);
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "afterwards" });

        await ToldOfAsync(socket, "afterwards");
    }

    [Fact]
    public async Task A_member_of_more_environments_goes_on_reading_when_one_of_the_others_is_lost()
    {
        var account = (await Api.CreateAsync("/accounts", new { name = "ann", kind = "user" }, "active")).GetProperty("id").GetString()!;
        var other = (await Api.CreateAsync("/projects", new { name = "other" }, "active")).GetProperty("id").GetString()!;
        await TestPeople.JoinAsync(Api, account, "member");
        await TestPeople.JoinAsync(Api, account, "member", other);
        using var socket = await OpenAsync("projects/1a5/subscribe?eventNames=resource.change", who: await TestPeople.KeyOfAsync(Api, account));
        await ReadAsync(socket);

        await Api.PostAsync($"/projects/{other}/?action=setmembers", new { members = new[] { TestPeople.Member("1a1", "owner") } });
        await Api.PutAsync($"/projects/{other}", new { description = "not for ann" });
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "afterwards" });

        (await ToldOfAsync(socket, "afterwards")).ShouldNotContain("not for ann");
    }

    /// <summary>Reads until an object of this name is told of; answers all messages so far as text.</summary>
    private static async Task<string> ToldOfAsync(ClientWebSocket socket, string name)
    {
        var all = new StringBuilder();
        JsonElement message;
        do
        {
            message = await ReadAsync(socket);
            all.AppendLine(message.GetRawText());
        }
        while (!message.GetProperty("data").TryGetProperty("resource", out var resource) || !resource.TryGetProperty("name", out var told) || told.GetString() != name);

        return all.ToString();
    }

    private static string? NameOf(JsonElement message) => message.GetProperty("data").GetProperty("resource").GetProperty("name").GetString();

    [Fact]
    public async Task A_slow_reader_gets_the_newest_state_of_each_object_and_no_backlog()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" });
        using var socket = await OpenAsync("projects/1a5/subscribe?eventNames=resource.change");
        await ReadAsync(socket);

        for (var i = 0; i < 300; i++)
            await Api.PutAsync(stack.GetProperty("links").GetProperty("self").GetString()!, new { description = $"{i} {new string('x', 900)}" });

        var messages = 0;
        JsonElement last;
        do
        {
            last = await ReadAsync(socket);
            messages++;
        }
        while (!Description(last).StartsWith("299 ", StringComparison.Ordinal));

        messages.ShouldBeLessThanOrEqualTo(301);

        static string Description(JsonElement message)
            => message.GetProperty("data").TryGetProperty("resource", out var resource) && resource.GetProperty("description").GetString() is { } text ? text : "";
    }

    [Fact]
    public async Task The_last_message_of_an_object_says_that_it_is_removed()
    {
        var key = await Api.CreateAsync(Api.Project + "/apikeys", new { }, "active");
        var self = key.GetProperty("links").GetProperty("self").GetString()!;
        await Api.PostAsync(self + "/?action=deactivate");
        await Api.UntilAsync(self, "inactive");
        using var socket = await OpenAsync("projects/1a5/subscribe?eventNames=resource.change");
        await ReadAsync(socket);

        await Api.DeleteAsync(self);

        string? state;
        do state = (await ReadAsync(socket)).GetProperty("data").GetProperty("resource").GetProperty("state").GetString();
        while (state == "removing");
        state.ShouldBe("removed");
        Api.Store.Current.Find("credential", 1).ShouldBeNull("removed objects leave memory");
    }

    [Theory]
    [InlineData("projects/1a5/subscribe", 422)]
    [InlineData("projects/1a5/subscribe?eventNames=%3Cscript%3E", 422)]
    [InlineData("subscribe?eventNames=resource.change", 404)]
    [InlineData("projects/1a99/subscribe?eventNames=resource.change", 403)]
    public async Task A_stream_without_names_or_outside_of_an_environment_is_refused(string path, int status)
        => (await RefusedAsync(path)).ShouldBe(status);

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    public async Task A_page_of_another_site_cannot_open_a_stream(string origin)
        => (await RefusedAsync("projects/1a5/subscribe?eventNames=resource.change", origin)).ShouldBe(401);

    [Fact]
    public async Task Without_an_upgrade_there_is_nothing_to_get()
        => (await Api.GetAsync(Api.Project + "/subscribe?eventNames=resource.change")).Status.ShouldBe(404);

    private async Task<ClientWebSocket> OpenAsync(string path, string? origin = null, (string Name, string Value)? who = null)
    {
        var socket = new ClientWebSocket();
        if (who is { } caller) socket.Options.SetRequestHeader(caller.Name, caller.Value);
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.CollectHttpResponseDetails = true;
        var url = new UriBuilder(Api.Root + "/" + path.Split('?')[0]) { Scheme = "ws", Query = path.Contains('?', StringComparison.Ordinal) ? path.Split('?')[1] : "" };
        try
        {
            await socket.ConnectAsync(url.Uri, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
        }

        return socket;
    }

    private async Task<int> RefusedAsync(string path, string? origin = null)
    {
        using var socket = await OpenAsync(path, origin);
        return (int)socket.HttpStatusCode;
    }

    private static async Task<JsonElement> ReadAsync(ClientWebSocket socket)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        var bytes = new MemoryStream();
        var buffer = new byte[16384];
        ValueWebSocketReceiveResult read;
        do
        {
            read = await socket.ReceiveAsync(buffer.AsMemory(), deadline.Token);
            bytes.Write(buffer, 0, read.Count);
        }
        while (!read.EndOfMessage);

        return JsonDocument.Parse(bytes.ToArray()).RootElement.Clone();
    }
}
