using System.Text.Json;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Stacks;

/// <summary>Compose files that cannot be: a clear refusal that names the field, and nothing half-made.</summary>
public sealed class DamagedComposeTests : ApiTest
{
    [Theory]
    [InlineData("web:\n\timage: [\n", "is not YAML")]
    [InlineData("web:\n  image: x\n  foo: 1\n", "line 3: web.foo: is not a known key")]
    [InlineData("web:\n  image: x\n  ports: ['99999:80']\n", "'99999' is not a port")]
    [InlineData("web:\n  image: \"x\0y\"\n", "U+0000")]
    [InlineData("good:\n  image: x\nbad:\n  links: [good]\n", "bad")]
    public Task A_damaged_file_is_refused_with_the_place_that_is_wrong(string compose, string message) => IsRefusedAsync(compose, message);

    [Fact]
    public Task Ten_thousand_services_in_one_file_are_refused()
        => IsRefusedAsync(string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"s{i}:\n  image: x")), "10000 services; at most 1000");

    [Fact]
    public Task Aliases_that_multiply_are_refused_before_they_fill_the_memory()
        => IsRefusedAsync(
            "a: &a [l,l,l,l,l,l,l,l,l]\n" + string.Join('\n', Enumerable.Range(1, 9).Select(i => $"{(char)('a' + i)}: &{(char)('a' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i - 1)}", 9))}]")),
            "values once its aliases are written out");

    private async Task IsRefusedAsync(string compose, string message)
    {
        var refused = await Api.PostAsync(Api.Project + "/stacks", new { name = "damaged", dockerCompose = compose });

        refused.Status.ShouldBe(422);
        refused.Field.ShouldBe("dockerCompose");
        refused.Json.GetProperty("message").GetString().ShouldNotBeNull().ShouldContain(message);
        Api.Store.Current.All<Stack>().ShouldBeEmpty();
        Api.Store.Current.All<Service>().ShouldBeEmpty();
        JsonSerializer.Serialize((await Api.GetAsync(Api.Project + "/stacks")).Data).ShouldBe("[]");
    }
}
