using System.Buffers.Text;
using System.Text.Json;

namespace Drover.Server.Tests.Streams.Proxy;

/// <summary>`proxy` and `serviceproxies`: tokens for one request to a container (api-semantics.md section 17).</summary>
public sealed class ContainerProxyTokenTests : ProxyTest
{
    [Fact]
    public async Task The_action_gives_a_token_in_the_contracts_words_and_it_opens_one_request()
    {
        var seen = "";
        Page = http =>
        {
            seen = $"{http.Request.Path}{http.Request.QueryString}";
            return Task.CompletedTask;
        };
        await ServeAsync();

        var access = (await Api.PostAsync($"{Container}/?action=proxy", new { port = 81, scheme = "http" })).Json;

        (access.GetProperty("type").GetString(), access.GetProperty("url").GetString()).ShouldBe(("hostAccess", $"{Api.Server.Url}v1/container-proxy/"));
        var claims = ClaimsOf(access);
        claims.GetProperty("proxy").GetProperty("scheme").GetString().ShouldBe("http");
        claims.GetProperty("proxy").GetProperty("address").GetString().ShouldEndWith(":81");
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).ShouldBe(300);
        var url = $"{access.GetProperty("url").GetString()}a/b?token={access.GetProperty("token").GetString()}&c=d";
        (await Api.GetAsync(url)).Status.ShouldBe(200);
        seen.ShouldBe("/a/b?c=d");
        Dialled.Single().Port.ShouldBe(81);
        (await Api.GetAsync(url)).Status.ShouldBe(401, "a token opens one request");
    }

    [Fact]
    public async Task A_service_gives_one_for_a_container_of_its_own()
    {
        await ServeAsync();

        var made = await Api.PostAsync(Api.Project + "/serviceproxies", new { service = "shop.web", port = 6443 });

        made.Status.ShouldBe(201, made.Text);
        made.Json.GetProperty("url").GetString().ShouldBe($"{Api.Server.Url}v1/container-proxy/");
        ClaimsOf(made.Json).GetProperty("proxy").GetProperty("scheme").GetString().ShouldBe("https");
        (await Api.GetAsync(Api.Project + "/serviceproxies")).Data.ShouldBeEmpty();
        var plain = await Api.PostAsync(Api.Project + "/serviceproxies", new { service = "web" });
        (await Api.GetAsync(made.Json.GetProperty("url").GetString()!, ("Authorization", "Bearer " + plain.Json.GetProperty("token").GetString()))).Text.ShouldBe("hello from the container");
    }

    [Theory]
    [InlineData("""{"service": "nobody"}""", 404)]
    [InlineData("""{"port": 80}""", 422)]
    [InlineData("""{"service": "web", "port": 70000}""", 422)]
    [InlineData("""{"service": "web", "port": 0}""", 422)]
    [InlineData("""{"service": "web", "scheme": "file"}""", 422)]
    public async Task What_cannot_be_had_is_said(string body, int status)
    {
        await ServeAsync();

        (await Api.PostAsync(Api.Project + "/serviceproxies", body)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_token_of_another_stream_opens_no_container_and_this_one_no_other_stream()
    {
        await ServeAsync();
        var logs = (await AskAsync("logs")).Split("token=")[1];
        var proxy = (await AskAsync("proxy")).Split("token=")[1];

        (await Api.GetAsync($"{Api.Server.Url}v1/container-proxy/?token={logs}")).Status.ShouldBe(401);
        (await RefusedAsync($"ws://{Api.Server.Url.Authority}/v1/exec/?token={proxy}")).ShouldBe(401);
        (await Api.GetAsync($"{Api.Server.Url}v2-beta/container-proxy/?token={proxy}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Its_member_gone_a_token_opens_nothing()
    {
        await ServeAsync();
        var member = await MemberAsync("member");
        var token = (await AskAsync("proxy", null, member, Far)).Split("token=")[1];

        await Api.PostAsync("/projects/1a5/?action=setmembers", new { members = new[] { TestPeople.Member("1a1", "owner") } });

        (await Api.GetAsync($"{Api.Server.Url}v1/container-proxy/?token={token}")).Status.ShouldBe(401);
    }

    private static JsonElement ClaimsOf(JsonElement access)
        => JsonDocument.Parse(Base64Url.DecodeFromChars(access.GetProperty("token").GetString()!.Split('.')[1])).RootElement;
}
