using System.Buffers.Text;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Drover.Server.Tests.Streams;

public sealed class StreamTokenTests : StreamTest
{
    [Fact]
    public async Task A_token_opens_one_stream()
    {
        var address = await AskAsync("logs");
        await OpenAsync(address);

        (await RefusedAsync(address)).ShouldBe(401);
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_purpose_alone()
    {
        var logs = await AskAsync("logs");

        (await RefusedAsync(logs.Replace("/v1/logs/", "/v1/exec/", StringComparison.Ordinal))).ShouldBe(401);
        (await RefusedAsync(logs)).ShouldBe(101);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2-beta")]
    [InlineData("v2")]
    public async Task The_same_paths_are_served_under_every_version(string version)
        => (await RefusedAsync((await AskAsync("logs")).Replace("/v1/", $"/{version}/", StringComparison.Ordinal))).ShouldBe(101);

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=a.b.c")]
    [InlineData("?token=eyJhbGciOiJub25lIn0.e30.")]
    public async Task Without_a_token_of_this_server_nothing_opens(string query)
        => (await RefusedAsync($"ws://127.0.0.1:{Api.Server.Url.Port}/v1/logs/{query}")).ShouldBe(401);

    [Fact]
    public async Task A_token_that_somebody_changed_or_signed_with_a_key_of_their_own_opens_nothing()
    {
        var address = await AskAsync("logs");
        var token = address.Split("token=")[1];
        var (header, body) = (token.Split('.')[0], token.Split('.')[1]);
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(body))!.AsObject();
        claims["object"] = 999;
        var changed = $"{header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        using var other = RSA.Create(2048);
        var signed = Base64Url.EncodeToString(other.SignData(Encoding.ASCII.GetBytes($"{header}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var none = Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8);

        foreach (var forged in new[] { $"{changed}.{token.Split('.')[2]}", $"{header}.{body}.{signed}", $"{none}.{body}.", $"{none}.{body}.{token.Split('.')[2]}" })
            (await RefusedAsync(address.Replace(token, forged, StringComparison.Ordinal))).ShouldBe(401, forged);
    }

    [Fact]
    public async Task The_public_key_verifies_what_the_server_signs_and_the_private_one_is_not_shown()
    {
        var token = (await AskAsync("logs")).Split("token=")[1].Split('.');
        var pem = (await Api.GetAsync(Api.Server.Url + "v1/scripts/api.crt")).Text;
        (await Api.GetAsync(Api.Root + "/scripts/api.crt")).Text.ShouldBe(pem);

        pem.ShouldNotContain("PRIVATE");
        using var key = RSA.Create();
        key.ImportFromPem(pem);
        key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
    }

    [Fact]
    public async Task An_expired_token_opens_nothing()
    {
        await Api.PutAsync("/settings/jwt.default.expiration.seconds", new { value = "1" });
        var address = await AskAsync("logs");
        var expires = JsonDocument.Parse(Base64Url.DecodeFromChars(address.Split("token=")[1].Split('.')[1])).RootElement.GetProperty("exp").GetInt64();

        while (DateTimeOffset.UtcNow.ToUnixTimeSeconds() < expires) await Task.Delay(20, Cancel);

        (await RefusedAsync(address)).ShouldBe(401);
    }

    [Fact]
    public async Task A_request_that_is_no_upgrade_is_told_so()
        => (await Api.GetAsync((await AskAsync("logs")).Replace("ws:", "http:", StringComparison.Ordinal))).Status.ShouldBe(426);

    [Fact]
    public async Task A_removed_containers_token_opens_nothing_and_its_open_stream_ends_in_time()
    {
        var later = await AskAsync("logs");
        var socket = await OpenAsync(await AskAsync("logs"));
        await ReadAsync(socket);

        await Api.PostAsync($"{Container}/?action=stop");
        await Api.UntilAsync(Container, "stopped");
        await Api.DeleteAsync(Container);

        await UntilClosedAsync(socket);
        (await RefusedAsync(later)).ShouldBe(401);
    }

    [Fact]
    public async Task A_removed_keys_token_opens_nothing_and_its_open_stream_ends_in_time()
    {
        var member = await MemberAsync("member");
        var later = await AskAsync("logs", null, member);
        var socket = await OpenAsync(await AskAsync("logs", null, member));
        await ReadAsync(socket);
        var name = Plain(member.Value.Split(' ')[1]).Split(':')[0];
        var key = (await Api.GetAsync($"/apikeys?publicValue={name}")).Data.ShouldHaveSingleItem().GetProperty("links").GetProperty("self").GetString()!;

        await Api.PostAsync($"{key}/?action=deactivate");
        await Api.UntilAsync(key, "inactive");

        await UntilClosedAsync(socket);
        (await RefusedAsync(later)).ShouldBe(401);
    }

    [Fact]
    public async Task What_was_opened_while_anybody_could_ends_when_access_control_is_turned_on()
    {
        var socket = await OpenAsync(await AskAsync("logs"));
        await ReadAsync(socket);

        (await Api.PutAsync("/settings/api.security.enabled", new { value = "true" })).Status.ShouldBe(200);

        await UntilClosedAsync(socket);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task Whom_the_site_lets_in_no_more_loses_an_open_stream_in_time()
    {
        var member = await MemberAsync("member");
        await SetAsync(("api.auth.provider.configured", "githubconfig"), ("api.security.enabled", "true"));
        var later = await AskAsync("logs", null, member);
        var socket = await OpenAsync(await AskAsync("logs", null, member));
        await ReadAsync(socket);

        await SetAsync(("api.auth.access.mode", "required"));

        await UntilClosedAsync(socket);
        (await RefusedAsync(later)).ShouldBe(401);
    }

    private Task SetAsync(params (string Name, string Value)[] settings) => Api.Store.WriteAsync(
        tx =>
        {
            foreach (var (name, value) in settings) Server.Settings.SettingsTable.Set(tx, name, value);
        },
        Cancel);

    private static async Task UntilClosedAsync(WebSocket socket)
    {
        try
        {
            while (await ReadAsync(socket) is not null)
            {
            }
        }
        catch (WebSocketException)
        {
            // put out in the middle of a frame
        }
    }
}
