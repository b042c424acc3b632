using Drover.Server.Streams.Proxy;

namespace Drover.Server.Tests.Streams.Proxy;

public sealed class ServicePathTests
{
    [Theory]
    [InlineData("/r/web", "/r/web", null, "web", null, "", "")]
    [InlineData("/r/web/", "/r/web", null, "web", null, "/", "")]
    [InlineData("/R/web:8080/a%2Fb//c?d=/e", "/R/web:8080", null, "web", 8080, "/a%2Fb//c", "?d=/e")]
    [InlineData("/r/web%3A81/", "/r/web%3A81", null, "web", 81, "/", "")]
    [InlineData("/r/projects/1a5/shop.web:443/x", "/r/projects/1a5/shop.web:443", "1a5", "shop.web", 443, "/x", "")]
    [InlineData("/r/projects/1a5", "/r/projects", null, "projects", null, "/1a5", "")]
    public void An_address_falls_into_its_parts(string target, string mount, string? project, string service, int? port, string rest, string query)
        => ServicePath.Parse(target).ShouldBe(new ServicePath(mount, project, service, port, rest, query));

    [Theory]
    [InlineData("/r/")]
    [InlineData("/r//web/")]
    [InlineData("//r/web/")]
    [InlineData("/v1/web/")]
    [InlineData("http://host/r/web/")]
    [InlineData("/r/web:0/")]
    [InlineData("/r/web:-1/")]
    [InlineData("/r/web:65536/")]
    [InlineData("/r/web:80:80/")]
    [InlineData("/r/web%2F..%2Fx/")]
    [InlineData("/r/we%20b/")]
    [InlineData("/r/web/../other/")]
    [InlineData("/r/web/%2e%2E/other/")]
    public void What_names_no_service_is_none(string target) => ServicePath.Parse(target).ShouldBeNull();
}
