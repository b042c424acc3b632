using Drover.Server.Credentials;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Credentials;

public sealed class RegistrationTokenTests : ApiTest
{
    [Fact]
    public async Task An_active_token_shows_the_command_that_starts_an_agent_and_its_script_carries_the_token()
    {
        var token = await Api.CreateAsync(Api.Project + "/registrationtokens", new { }, "active");

        var text = token.GetProperty("token").GetString()!;
        var url = token.GetProperty("registrationUrl").GetString()!;
        url.ShouldBe($"{Api.Server.Url}v1/scripts/{text}");
        token.GetProperty("links").GetProperty("registrationUrl").GetString().ShouldBe(url);
        token.GetProperty("command").GetString().ShouldBe($"sudo docker run -d --privileged -v /var/run/docker.sock:/var/run/docker.sock -v /var/lib/rancher:/var/lib/rancher drover/agent {url}");
        var script = await Api.GetAsync(url, Remote);
        script.Status.ShouldBe(200);
        script.Text.ShouldContain($"CATTLE_REGISTRATION_SECRET_KEY='{text}'");
        token.TryGetProperty("secretValue", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_registers_with_the_token_and_comes_back_to_the_same_agent_with_its_key()
    {
        var token = await Api.CreateAsync(Api.Project + "/registrationtokens", new { }, "active");
        var basic = ApiServer.Basic("registrationToken", token.GetProperty("token").GetString()!);
        var register = new Uri(Api.Server.Url, "/v1/register").ToString();

        var first = await Api.PostAsync(register, new { key = "a-key-of-the-host-itself" }, basic);
        var again = await Api.PostAsync(register, new { key = "a-key-of-the-host-itself" }, basic);

        first.Status.ShouldBe(201, first.Text);
        again.Json.GetProperty("agentId").GetString().ShouldBe(first.Json.GetProperty("agentId").GetString());
        var agent = ApiServer.Basic(again.Json.GetProperty("accessKey").GetString()!, again.Json.GetProperty("secretKey").GetString()!);
        (await Api.GetAsync("/volumes", agent, Remote)).Header("X-API-ACCOUNT-KIND").ShouldBe("agent");
        (await Api.GetAsync("/services", agent, Remote)).Status.ShouldBe(404);
        var old = ApiServer.Basic(first.Json.GetProperty("accessKey").GetString()!, first.Json.GetProperty("secretKey").GetString()!);
        (await Api.GetAsync("/volumes", old, Remote)).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("nobody:1:x")]
    [InlineData("")]
    [InlineData("a:b")]
    public async Task A_wrong_token_registers_nothing(string token)
    {
        var reply = await Api.PostAsync(new Uri(Api.Server.Url, "/v1/register").ToString(), new { key = "a-key-of-the-host-itself" }, ApiServer.Basic("registrationToken", token));

        reply.Status.ShouldBe(401);
        (await Api.GetAsync("/agents")).Data.ShouldBeEmpty();
    }

    [Fact]
    public void A_token_is_signed_for_the_year_and_good_for_ten()
    {
        var made = new DateTimeOffset(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

        var token = TokenText.Of("AB12", "secret", made);

        token.Stamp.ShouldBe(new DateTimeOffset(2025, 12, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        TokenText.Parse(token.ToString()).ShouldBe(token);
        token.IsGood("secret", made.AddYears(9)).ShouldBeTrue();
        token.IsGood("secret", made.AddYears(11)).ShouldBeFalse();
        token.IsGood("other", made).ShouldBeFalse();
        (token with { Stamp = token.Stamp + 1 }).IsGood("secret", made).ShouldBeFalse();
    }
}
