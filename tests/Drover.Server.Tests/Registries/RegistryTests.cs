using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Registries;

public sealed class RegistryTests : ApiTest
{
    [Fact]
    public async Task An_address_is_registered_once_per_environment()
    {
        await Api.CreateAsync(Api.Project + "/registries", new { serverAddress = "registry.example:5000" }, "active");

        var again = await Api.PostAsync(Api.Project + "/registries", new { serverAddress = "REGISTRY.example:5000" });

        again.Status.ShouldBe(400);
        again.Code.ShouldBe("ServerAddressUsed");
    }

    [Fact]
    public async Task A_password_is_shown_in_the_answer_to_its_creation_alone()
    {
        var registry = await Api.CreateAsync(Api.Project + "/registries", new { serverAddress = "registry.example" }, "active");

        var credential = await Api.PostAsync(Api.Project + "/registrycredentials", new { registryId = registry.GetProperty("id").GetString(), publicValue = "user", secretValue = "hush" });

        credential.Status.ShouldBe(201, credential.Text);
        credential.Json.GetProperty("secretValue").GetString().ShouldBe("hush");
        (await Api.GetAsync(credential.Self)).Text.ShouldNotContain("hush");
        (await Api.GetAsync(Api.Project + "/registrycredentials?secretValue_prefix=zzz")).Data.ShouldHaveSingleItem("a secret cannot be guessed by filters");
        (await Api.GetAsync(Api.Project + "/storagepools?include=credentials")).Text.ShouldNotContain("hush");
    }

    [Fact]
    public async Task A_removed_registry_takes_its_credentials_along()
    {
        var registry = await Api.CreateAsync(Api.Project + "/registries", new { serverAddress = "registry.example" }, "active");
        await Api.CreateAsync(Api.Project + "/registrycredentials", new { registryId = registry.GetProperty("id").GetString(), publicValue = "user", secretValue = "hush" }, "active");

        (await Api.DeleteAsync(registry.GetProperty("links").GetProperty("self").GetString()!)).Status.ShouldBe(200);

        await Api.UntilAsync(Api.Project + "/registrycredentials/1c1", "removed");
        await Api.UntilAsync(Api.Project + "/registries/1sp1", "removed");
    }
}
