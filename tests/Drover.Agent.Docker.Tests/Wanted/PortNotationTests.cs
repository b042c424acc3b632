using Drover.Agent.Docker.Wanted;

namespace Drover.Agent.Docker.Tests.Wanted;

public sealed class PortNotationTests
{
    [Theory]
    [InlineData("80", "80/tcp", null, "")]
    [InlineData("80/udp", "80/udp", null, "")]
    [InlineData("8080:80", "80/tcp", null, "8080")]
    [InlineData("8080:80/TCP", "80/tcp", null, "8080")]
    [InlineData("127.0.0.1:8080:80/sctp", "80/sctp", "127.0.0.1", "8080")]
    [InlineData("127.0.0.1::80", "80/tcp", "127.0.0.1", "")]
    [InlineData("[::1]:8080:80", "80/tcp", "::1", "8080")]
    [InlineData("::1:8080:80", "80/tcp", "::1", "8080")]
    [InlineData("65535:1", "1/tcp", null, "65535")]
    public void A_port_is_read_into_the_engines_parts(string text, string inside, string? address, string outside) =>
        PortNotation.Parse(text).ShouldBe(new PortNotation(inside, new PortBinding { HostIp = address, HostPort = outside }));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData(":80")]
    [InlineData("80:")]
    [InlineData("80/http")]
    [InlineData("80/tcp/udp")]
    [InlineData("8000-8010:80")]
    [InlineData("host:80:80")]
    [InlineData("1.2.3:80:80")]
    [InlineData(" 80")]
    public void What_is_no_port_is_refused_with_its_text(string text)
    {
        var failure = Should.Throw<RuntimeException>(() => PortNotation.Parse(text));

        failure.Failure.ShouldBe(RuntimeFailure.Invalid);
        failure.Message.ShouldContain($"\"{text}\"");
    }

    [Fact]
    public void An_exposed_port_has_no_place_on_the_host()
    {
        PortNotation.Exposed("8080").ShouldBe("8080/tcp");
        PortNotation.Exposed("53/udp").ShouldBe("53/udp");
        Should.Throw<RuntimeException>(() => PortNotation.Exposed("1:2")).Failure.ShouldBe(RuntimeFailure.Invalid);
    }
}
