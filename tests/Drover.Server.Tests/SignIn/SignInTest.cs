using System.Net.WebSockets;
using System.Text.Json;
using Drover.Server.SignIn.Memberships;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.SignIn;

/// <summary>A server of its own, with what tests of sign-in do again and again.</summary>
public abstract class SignInTest : ApiTest
{
    protected const string Admin = "admin", Password = "right horse";

    protected static (string Name, string Value) Bearer(string key) => ("Authorization", "Bearer " + key);

    /// <summary>Switches local sign-in on with the first administrator.</summary>
    protected async Task EnableLocalAsync(string accessMode = "unrestricted")
    {
        var reply = await Api.PostAsync("/localauthconfig", new { username = Admin, name = "The Admin", password = Password, accessMode, enabled = true });
        reply.Status.ShouldBe(201, reply.Text);
    }

    protected Task<Reply> TryAsync(string code, params (string Name, string Value)[] headers) => Api.PostAsync("/token", new { code }, headers);

    /// <summary>Signs in and returns the session's key.</summary>
    protected async Task<string> SignInAsync(string code = Admin + ":" + Password)
    {
        var reply = await TryAsync(code);
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json.GetProperty("jwt").GetString()!;
    }

    /// <summary>An account with a login, made by the administrator whose key it is.</summary>
    protected async Task<string> AddUserAsync(string adminKey, string login, string password = Password, string kind = "user")
    {
        var account = await Api.PostAsync("/accounts", new { name = login, kind }, Bearer(adminKey));
        account.Status.ShouldBe(201, account.Text);
        var made = await Api.PostAsync("/passwords", new { publicValue = login, secretValue = password, accountId = account.Json.GetProperty("id").GetString() }, Bearer(adminKey));
        made.Status.ShouldBe(201, made.Text);
        await UntilAsync(account.Self, adminKey, "active");
        await UntilAsync(made.Self, adminKey, "active");
        return account.Json.GetProperty("id").GetString()!;
    }

    protected async Task UntilAsync(string url, string key, string state)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await Api.GetAsync(url, Bearer(key))).Json.GetProperty("state").GetString() != state) await Task.Delay(5, deadline.Token);
    }

    /// <summary>Asks the provider what all are now, as the server does by itself now and then.</summary>
    protected Task RefreshAsync() => Api.Server.Parts.Work.OfType<MembershipRefresh>().Single().RefreshAsync(TestContext.Current.CancellationToken);

    /// <summary>An API key as a header.</summary>
    protected async Task<(string Name, string Value)> KeyAsync(string at, string session)
    {
        var key = await Api.PostAsync(at, new { name = "ci" }, Bearer(session));
        key.Status.ShouldBe(201, key.Text);
        await UntilAsync(key.Self, session, "active");
        return ApiServer.Basic(key.Json.GetProperty("publicValue").GetString()!, key.Json.GetProperty("secretValue").GetString()!);
    }

    protected async Task<ClientWebSocket> SubscribeAsync(params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in headers) socket.Options.SetRequestHeader(name, value);
        await socket.ConnectAsync(new Uri(Api.Project.Replace("http", "ws", StringComparison.Ordinal) + "/subscribe?eventNames=resource.change"), TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Names of the stream's messages until it is closed.</summary>
    protected static async Task<List<string>> ReadToEndAsync(ClientWebSocket socket)
    {
        var names = new List<string>();
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken) is { MessageType: not WebSocketMessageType.Close } got)
            names.Add(JsonDocument.Parse(buffer.AsMemory(0, got.Count)).RootElement.GetProperty("name").GetString()!);
        return names;
    }
}
