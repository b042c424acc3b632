using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Secrets;

public sealed class SecretTests : ApiTest
{
    [Theory]
    [InlineData(null, "EmptySecret")]
    [InlineData("", "EmptySecret")]
    [InlineData("not base64!", "InvalidBase64")]
    public async Task A_value_that_is_missing_or_in_another_form_is_refused(string? value, string code)
        => (await Api.PostAsync(Api.Project + "/secrets", new { name = "s", value }))
            .ShouldSatisfyAllConditions(r => r.Status.ShouldBe(422), r => r.Code.ShouldBe(code), r => r.Field.ShouldBe("value"));

    [Fact]
    public async Task Its_value_is_never_shown()
    {
        var secret = await Api.CreateAsync(Api.Project + "/secrets", new { name = "s", value = "aHVzaA==" }, "active");

        secret.GetRawText().ShouldNotContain("aHVzaA");
        (await Api.GetAsync(Api.Project + "/secrets")).Text.ShouldNotContain("aHVzaA");
    }
}
