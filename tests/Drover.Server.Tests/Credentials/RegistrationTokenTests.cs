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
        token.GetProperty("command").GetString().ShouldBe(Drover.Server.Credentials.JoinCommand.Of("drover/agent", url, null));
        var script = await Api.GetAsync(url, Remote);
        script.Status.ShouldBe(200);
        script.Text.ShouldContain($"CATTLE_REGISTRATION_SECRET_KEY='{text}'");
        token.TryGetProperty("secretValue", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("nobody:1:x")]
    [InlineData("")]
    [InlineData("a:b")]
    public async Task A_wrong_token_opens_nothing(string token)
    {
        (await Api.GetAsync("/registrationtokens", ApiServer.Basic("registrationToken", token))).Status.ShouldBe(401);
        (await Api.GetAsync(new Uri(Api.Server.Url, "/v1/scripts/" + token).ToString())).Status.ShouldBe(404);
    }
}
