using System.Text;
using Drover.Model.Credentials;
using Drover.Server.Tests.Api.Sweep;

namespace Drover.Server.Tests.Api.Attacks;

/// <summary>A secret of one purpose, used for another (attack cases 18 and 19).</summary>
public sealed class TokenConfusionTests : ApiTest
{
    [Fact]
    public async Task A_registration_token_is_no_key_and_its_halves_are_none()
    {
        var token = (await Api.CreateAsync(Api.Project + "/registrationtokens", new { }, "active")).GetProperty("token").GetString()!;
        var stored = (RegistrationToken)Api.Store.Current.All<RegistrationToken>().Single().Wanted;

        await RefusedAsync(ApiServer.Basic(stored.PublicValue!, stored.SecretValue!));
        await RefusedAsync(ApiServer.Basic(token.Split(':')[0], token.Split(':')[2]));
        await RefusedAsync(("Authorization", "Bearer " + token));
        (await Api.GetAsync("/projects", ApiServer.Basic("registrationToken", token), Remote)).Status.ShouldBe(404);
        (await Api.GetAsync("/projects/1a5/stacks", ApiServer.Basic("registrationToken", token), Remote)).Status.ShouldBe(404);
        await RefusedAsync(ApiServer.Basic("registrationToken", token + "x"));
        await RefusedAsync(ApiServer.Basic("registrationToken", "registrationToken"));
    }

    [Fact]
    public async Task What_is_stored_of_a_key_opens_nothing()
    {
        var key = await Api.PostAsync("/apikeys", new { });
        await Api.UntilAsync(key.Self, "active");
        var (name, secret) = (key.Json.GetProperty("publicValue").GetString()!, key.Json.GetProperty("secretValue").GetString()!);
        var hash = ((ApiKey)Api.Store.Current.All<ApiKey>().Single().Wanted).SecretHash!;

        await RefusedAsync(ApiServer.Basic(name, hash));
        await RefusedAsync(ApiServer.Basic(name, hash.Split('$')[^1]));
        await RefusedAsync(ApiServer.Basic(name, ""));
        await RefusedAsync(ApiServer.Basic(name, secret.ToUpperInvariant() + " "));
        await RefusedAsync(ApiServer.Basic(secret, name));
        await RefusedAsync(ApiServer.Basic(name.ToLowerInvariant() + "%", secret));
        await RefusedAsync(("Authorization", "Bearer " + secret));
        await RefusedAsync(("Authorization", secret));
        await RefusedAsync(("Cookie", "token=" + secret));
        (await Api.GetAsync($"/accounts?token={secret}", Remote)).Status.ShouldBe(401);
        (await Api.GetAsync($"/accounts?publicValue={name}&secretValue={secret}", Remote)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task An_agents_key_is_a_key_of_its_host_alone()
    {
        var agent = await new SweepWorld(Api).CallerAsync("agent");
        var other = (await Api.CreateAsync("/projects", new { name = "other" }, "active")).GetProperty("id").GetString();

        (await Api.GetAsync("/stacks", agent.Headers)).Status.ShouldBe(404);
        (await Api.GetAsync("/accounts", agent.Headers)).Status.ShouldBe(404);
        (await Api.PostAsync("/apikeys", new { }, agent.Headers)).Status.ShouldBe(404);
        (await Api.GetAsync($"/projects/{other}/agents", agent.Headers)).Status.ShouldBe(403);
        (await Api.GetAsync("/agents", [.. agent.Headers, ("X-API-Project-Id", other!)])).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!!")]
    [InlineData("Basic Og==")]
    [InlineData("Basic YWRtaW4=")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJhY2NvdW50X2lkIjoiMWExIn0.")]
    [InlineData("Negotiate abc")]
    public async Task Malformed_credentials_are_no_credentials(string header) => await RefusedAsync(("Authorization", header));

    [Fact]
    public async Task A_very_long_secret_is_refused_before_it_costs_anything()
        => await RefusedAsync(("Authorization", "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("a:" + new string('x', 20_000)))));

    private async Task RefusedAsync((string, string) header)
        => (await Api.GetAsync("/accounts", header, Remote)).Status.ShouldBe(401, header.ToString());
}
