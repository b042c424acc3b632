using System.Net.WebSockets;
using Drover.Server.Streams;

namespace Drover.Server.Tests.Streams;

public sealed class ExecTests : StreamTest
{
    private static readonly object Shell = new { attachStdin = true, attachStdout = true, tty = true, command = new[] { "sh" } };

    [Fact]
    public async Task Bytes_are_base64_in_text_frames_both_ways()
    {
        var socket = await OpenAsync(await AskAsync("execute", Shell));

        await SendAsync(socket, Base64("grüße\n"));
        var heard = "";
        while (heard.Length < 6) heard += Plain(await ReadAsync(socket));

        heard.ShouldBe("grüße\n");
    }

    [Fact]
    public async Task A_client_that_offers_it_gets_plain_bytes()
    {
        var socket = await OpenAsync(await AskAsync("execute", Shell), "binary");
        socket.SubProtocol.ShouldBe("binary");

        await socket.SendAsync(new byte[] { 0, 255, 10 }.AsMemory(), WebSocketMessageType.Binary, true, Cancel);
        var buffer = new byte[16];
        var got = await socket.ReceiveAsync(buffer.AsMemory(), Cancel);

        (got.MessageType, got.Count).ShouldBe((WebSocketMessageType.Binary, 3));
        buffer[..3].ShouldBe([0, 255, 10]);
    }

    [Theory]
    [InlineData("1", "exit 42")]
    [InlineData("0", "")] // Rancher's CLI takes a normal close with a reason for a failure
    public async Task The_command_ends_with_a_normal_close_that_tells_its_code_to_who_asks(string asks, string reason)
    {
        var socket = await OpenAsync(await AskAsync("execute", new { command = new[] { "exit", "42" } }, ("X-Drover", asks)));

        (await ReadAsync(socket)).ShouldBeNull();

        (socket.CloseStatus, socket.CloseStatusDescription ?? "").ShouldBe((WebSocketCloseStatus.NormalClosure, reason));
    }

    [Fact]
    public async Task A_client_can_end_its_input_and_hear_the_rest()
    {
        var socket = await OpenAsync(await AskAsync("execute", new { command = new[] { "cat" }, tty = false }, ("X-Drover", "1")));

        await SendAsync(socket, Base64("all"));
        await SendAsync(socket, ":endInput:");

        Plain(await ReadAsync(socket)).ShouldBe("all");
        (await ReadAsync(socket)).ShouldBeNull();
        socket.CloseStatusDescription.ShouldBe("exit 0");
    }

    [Theory]
    [InlineData(":resizeTTY:80,24")]
    [InlineData(":resizeTTY:0,0")]
    [InlineData(":resizeTTY:a,b")]
    [InlineData(":resizeTTY:-1,99999999999")]
    [InlineData(":somethingNew:")]
    public async Task Words_are_no_input_whether_they_are_understood_or_not(string word)
    {
        var socket = await OpenAsync(await AskAsync("execute", Shell));

        await SendAsync(socket, word);
        await SendAsync(socket, Base64("typed"));

        Plain(await ReadAsync(socket)).ShouldBe("typed");
    }

    [Fact]
    public async Task Rubbish_in_place_of_base64_ends_the_stream()
    {
        var socket = await OpenAsync(await AskAsync("execute", Shell));

        await SendAsync(socket, "not base64!");

        (await ReadAsync(socket)).ShouldBeNull();
    }

    [Fact]
    public async Task A_command_is_required()
    {
        var reply = await Api.PostAsync($"{Container}/?action=execute", new { tty = true });

        (reply.Status, reply.Code, reply.Field).ShouldBe((422, "MissingRequired", "command"));
    }

    [Fact]
    public async Task A_container_that_rests_is_told_of_before_the_upgrade()
    {
        await Api.PostAsync($"{Container}/?action=stop");
        await Api.UntilAsync(Container, "stopped");

        (await RefusedAsync(await AskAsync("execute", Shell))).ShouldBe(409);
    }

    [Fact]
    public async Task Restricted_users_get_into_plain_containers_and_into_others_only_where_the_setting_says_so()
    {
        var privileged = await RunAsync("root", new { privileged = true });
        var capable = await RunAsync("capable", new { capAdd = new[] { "NET_ADMIN" } });
        var restricted = await MemberAsync("restricted");

        (await ActionsAsync(Container, restricted)).ShouldContain("execute");
        (await ActionsAsync(privileged, restricted)).ShouldNotContain("execute");
        (await ActionsAsync(capable, restricted)).ShouldNotContain("execute");
        (await Api.PostAsync($"{privileged}/?action=execute", Shell, restricted, Far)).Code.ShouldBe("ActionNotAvailable");
        (await ActionsAsync(privileged, restricted)).ShouldContain("logs");

        await Api.PutAsync("/settings/allow.restricted.user.exec", new { value = "true" });
        (await ActionsAsync(privileged, restricted)).ShouldContain("execute");
    }

    [Fact]
    public async Task Readers_see_the_lines_and_nothing_else()
    {
        var reader = await MemberAsync("readonly");

        (await ActionsAsync(Container, reader)).ShouldBe(["logs"]);
        var socket = await OpenAsync(await AskAsync("logs", null, reader, Far));
        (await ReadAsync(socket)).ShouldNotBeNull().ShouldContain("line 1");
    }

    [Fact]
    public async Task A_user_who_is_no_member_any_more_is_put_out_in_time()
    {
        var member = await MemberAsync("member");
        var socket = await OpenAsync(await AskAsync("execute", Shell, member, Far));
        var later = await AskAsync("execute", Shell, member, Far);
        await SendAsync(socket, Base64("x"));
        await ReadAsync(socket);

        (await Api.PostAsync("/projects/1a5/?action=setmembers", new { members = new[] { new { externalId = "1a1", externalIdType = "rancher_id", role = "owner" } } })).Status.ShouldBe(200);

        (await ReadAsync(socket)).ShouldBeNull();
        StreamDoor.Look.ShouldBeLessThan(TimeSpan.FromSeconds(3), "an end comes within five seconds, the farewell included");
        (socket.CloseStatus, socket.CloseStatusDescription).ShouldBe((WebSocketCloseStatus.PolicyViolation, "Access ended"));
        (await RefusedAsync(later)).ShouldBe(401);
    }

    private async Task<IReadOnlyList<string>> ActionsAsync(string self, (string, string) key)
        => [.. (await Api.GetAsync(self, key, Far)).Json.GetProperty("actions").EnumerateObject().Select(action => action.Name)];
}
