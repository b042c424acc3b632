using Drover.Model.Containers;
using Drover.Server.Containers;

namespace Drover.Server.Tests.Containers;

public sealed class PublishedPortTests
{
    [Theory]
    [InlineData("80", null, null, 80, "tcp")]
    [InlineData("80/udp", null, null, 80, "udp")]
    [InlineData("8080:80", null, 8080, 80, "tcp")]
    [InlineData("10.0.0.1:8080:80/TCP", "10.0.0.1", 8080, 80, "tcp")]
    [InlineData("10.0.0.1::80", "10.0.0.1", null, 80, "tcp")]
    public void All_forms_are_read(string text, string? address, int? outside, int inside, string protocol)
        => PublishedPort.Parse(text).ShouldBe(new PublishedPort(address, outside, inside, protocol));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("1:2:3:4")]
    [InlineData("x:80")]
    public void Rubbish_is_no_port(string text) => PublishedPort.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("managed", 1)]
    [InlineData("bridge", 1)]
    [InlineData("host", 0)]
    [InlineData("none", 0)]
    [InlineData("container", 0)]
    public void Ports_are_taken_on_the_host_where_the_network_publishes_them(string mode, int claims)
        => PublishedPort.ClaimsOf(new ContainerSpec { NetworkMode = mode, Ports = ["8080:80", "81"] }).Length.ShouldBe(claims);
}
