using System.Net.WebSockets;

namespace Drover.Server.Tests.Streams;

public sealed class DockerSocketTests : StreamTest
{
    private string HostLink => Api.Project + "/hosts/1h1";

    [Fact]
    public async Task The_engine_is_spoken_to_in_base64_frames()
    {
        var socket = await OpenAsync(await SocketAsync());

        await SendAsync(socket, Base64("GET /_ping HTTP/1.1\r\n\r\n"));

        Plain(await ReadAsync(socket)).ShouldStartWith("HTTP/1.1 503");
    }

    [Theory]
    [InlineData("owner", true)]
    [InlineData("member", true)]
    [InlineData("restricted", false)]
    [InlineData("readonly", false)]
    public async Task Only_roles_of_the_matrix_are_offered_it(string role, bool isOffered)
    {
        var key = await MemberAsync(role);

        var host = await Api.GetAsync(HostLink, key, Far);

        host.Json.GetProperty("actions").TryGetProperty("dockersocket", out _).ShouldBe(isOffered);
        (await Api.PostAsync($"{HostLink}/?action=dockersocket", null, key, Far)).Status.ShouldBe(isOffered ? 200 : 422);
    }

    [Fact]
    public async Task Switched_off_nobody_is_offered_it_no_token_opens_it_and_open_ones_end()
    {
        Host.Streams.HoldsSocket = true;
        var later = await SocketAsync();
        var open = await OpenAsync(await SocketAsync());

        (await Api.PutAsync("/settings/docker.socket.enabled", new { value = "false" })).Status.ShouldBe(200);

        (await Api.PostAsync($"{HostLink}/?action=dockersocket")).Code.ShouldBe("ActionNotAvailable");
        (await RefusedAsync(later)).ShouldBe(401);
        (await ReadAsync(open)).ShouldBeNull();
        open.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    private async Task<string> SocketAsync()
    {
        var reply = await Api.PostAsync($"{HostLink}/?action=dockersocket");
        reply.Status.ShouldBe(200, reply.Text);
        reply.Json.GetProperty("url").GetString().ShouldEndWith("/v1/dockersocket/");
        return AddressOf(reply.Json);
    }
}
