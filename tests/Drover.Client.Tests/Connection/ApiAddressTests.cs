using Drover.Client.Connection;

namespace Drover.Client.Tests.Connection;

public sealed class ApiAddressTests
{
    [Theory]
    [InlineData("http://h:8080", "http://h:8080", null)]
    [InlineData("http://h:8080/", "http://h:8080", null)]
    [InlineData("https://h/v1", "https://h", null)]
    [InlineData("http://h:8080/v2-beta/schemas", "http://h:8080", null)]
    [InlineData("http://h:8080/v2-beta/projects/1a7", "http://h:8080", "1a7")]
    [InlineData("http://h:8080/v2-beta/projects/1a7/schemas", "http://h:8080", "1a7")]
    [InlineData("http://h/drover/v2-beta", "http://h/drover", null)]
    public void An_address_is_taken_in_every_form_that_people_configure(string given, string server, string? environment) =>
        ApiAddress.Parse(new Uri(given)).ShouldBe(new ApiAddress(server, environment));

    [Theory]
    [InlineData("ftp://h/")]
    [InlineData("file:///etc/passwd")]
    public void Another_scheme_is_refused(string given) =>
        Should.Throw<ArgumentException>(() => ApiAddress.Parse(new Uri(given))).Message.ShouldContain("http://");

    [Fact]
    public void An_environment_s_id_is_escaped_in_addresses() =>
        new ApiAddress("http://h", null).Within("1a5/../x").ShouldBe("http://h/v2-beta/projects/1a5%2F..%2Fx");
}
