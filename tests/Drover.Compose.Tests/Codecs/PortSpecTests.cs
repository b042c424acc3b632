using Drover.Compose.Codecs;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Compose.Tests.Codecs;

public sealed class PortSpecTests
{
    [Theory]
    [InlineData("80", "80/tcp")]
    [InlineData("80/UDP", "80/udp")]
    [InlineData(":80", "80/tcp")]
    [InlineData("8080:80", "8080:80/tcp")]
    [InlineData("10.0.0.1:8080:80/udp", "10.0.0.1:8080:80/udp")]
    [InlineData("10.0.0.1::80", "10.0.0.1::80/tcp")]
    [InlineData("::80", "80/tcp")]
    [InlineData("65535:1", "65535:1/tcp")]
    public void A_port_is_shown_as_the_API_shows_it(string text, string shown)
    {
        var (ports, error) = PortSpec.Parse(text);
        error.ShouldBeNull();
        ports.ShouldHaveSingleItem().ToString().ShouldBe(shown);
    }

    [Fact]
    public void A_range_is_so_many_ports() =>
        PortSpec.Parse("8000-8002:9000-9002/udp").Ports.Select(port => port.ToString()).ShouldBe(["8000:9000/udp", "8001:9001/udp", "8002:9002/udp"]);

    [Fact]
    public void A_range_without_public_ports_leaves_them_to_the_host() =>
        PortSpec.Parse("9000-9001").Ports.Select(port => port.ToString()).ShouldBe(["9000/tcp", "9001/tcp"]);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("+80")]
    [InlineData("80 ")]
    [InlineData("8080:")]
    [InlineData("a:80")]
    [InlineData("80:a")]
    [InlineData("080000")]
    [InlineData("80/")]
    [InlineData("80/icmp")]
    [InlineData("80/tcp/udp")]
    [InlineData("1.2.3.4:80")]
    [InlineData("1.2.3:80:80")]
    [InlineData("01.2.3.4:80:80")]
    [InlineData("::1:80:80")]
    [InlineData("host:80:80")]
    [InlineData("9-8:9-8")]
    [InlineData("1-2:1-3")]
    [InlineData("1-2-3")]
    [InlineData("1-1001:1-1001")]
    public void An_impossible_port_is_an_error(string text)
    {
        var (ports, error) = PortSpec.Parse(text);
        ports.ShouldBeEmpty();
        error.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void What_a_port_shows_reads_back_as_the_same_port()
    {
        var specs =
            from address in Gen.Elements(null, "127.0.0.1", "10.1.2.3")
            from outside in Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(1, 65535).Select(port => (int?)port))
            from inside in Gen.Choose(1, 65535)
            from protocol in Gen.Elements("tcp", "udp")
            select new PortSpec(address, outside, inside, protocol);
        Prop.ForAll(specs.ToArbitrary(), spec => PortSpec.Parse(spec.ToString()).Ports.Single() == spec).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
