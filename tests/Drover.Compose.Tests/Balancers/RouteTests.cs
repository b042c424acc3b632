using Drover.Compose.Balancers;

namespace Drover.Compose.Tests.Balancers;

public sealed class RouteTests
{
    [Theory]
    [InlineData("example.com", "example.com", null, null, null)]
    [InlineData("example.com:80", "example.com", 80, null, null)]
    [InlineData("example.com/path", "example.com", null, "/path", null)]
    [InlineData("example.com=81", "example.com", null, null, 81)]
    [InlineData("example.com:80/path", "example.com", 80, "/path", null)]
    [InlineData("example.com:80=81", "example.com", 80, null, 81)]
    [InlineData("example.com/path=81", "example.com", null, "/path", 81)]
    [InlineData("example.com:80/path=81", "example.com", 80, "/path", 81)]
    [InlineData("80/path", null, 80, "/path", null)]
    [InlineData("80=81", null, 80, null, 81)]
    [InlineData("80/path=81", null, 80, "/path", 81)]
    [InlineData("/path", null, null, "/path", null)]
    [InlineData("/path=81", null, null, "/path", 81)]
    [InlineData("81", null, null, null, 81)]
    [InlineData("*.example.com", "*.example.com", null, null, null)]
    [InlineData("/a/b:c", null, null, "/a/b:c", null)]
    public void All_parts_of_a_rule_may_be_left_out(string text, string? host, int? source, string? path, int? target) =>
        Route.Parse(text).ShouldBe(new Route(host, source, path, target));

    [Theory]
    [InlineData("example.com:web")]
    [InlineData("example.com:0")]
    [InlineData("example.com=70000")]
    [InlineData("example.com=")]
    [InlineData("a b.com")]
    [InlineData("0")]
    public void Another_text_is_no_rule(string text) => Route.Parse(text).ShouldBeNull();
}
