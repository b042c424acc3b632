using System.Net;
using System.Net.NetworkInformation;

namespace Drover.Agent.Docker.Tests.HostNetwork;

/// <summary>The layout that the kernel reads, byte by byte.</summary>
public sealed class RouteMessageTests
{
    private static readonly IPAddress Service = IPAddress.Parse("169.254.169.250");

    [Fact]
    public void An_address_of_its_own() => Hex(RouteMessage.AddAddress(0x01020304, Service)).ShouldBe(
        "28000000" + "1400" + "0505" + "01000000" + "00000000" // 40 bytes, new address, flags, first of its sender
        + "02" + "20" + "00" + "00" + "04030201" // IPv4, /32, scope of everywhere, interface
        + "08000200" + "A9FEA9FA" + "08000100" + "A9FEA9FA");

    [Fact]
    public void A_route_to_one_address() => Hex(RouteMessage.RouteTo(Service, 7)).ShouldBe(
        "2C000000" + "1800" + "0505" + "01000000" + "00000000"
        + "02" + "20" + "00" + "00" + "FE" + "04" + "FD" + "01" + "00000000" // IPv4, /32, main table, static, link scope, unicast
        + "08000100" + "A9FEA9FA" + "08000400" + "07000000");

    [Fact]
    public void A_way_out_through_a_gateway_beyond_its_own_network() => Hex(RouteMessage.DefaultRoute(IPAddress.Parse("10.42.0.1"), 7)).ShouldBe(
        "2C000000" + "1800" + "0505" + "01000000" + "00000000"
        + "02" + "00" + "00" + "00" + "FE" + "04" + "00" + "01" + "04000000"
        + "08000500" + "0A2A0001" + "08000400" + "07000000");

    [Fact]
    public void A_port_of_a_bridge_that_is_switched_on() => Hex(RouteMessage.SwitchOn(5, 9)).ShouldBe(
        "28000000" + "1000" + "0500" + "01000000" + "00000000"
        + "00000000" + "05000000" + "01000000" + "01000000" + "08000A00" + "09000000");

    [Fact]
    public void A_cable_with_its_other_end_in_another_namespace() => Hex(RouteMessage.AddCable("ab", "eth0", 3, PhysicalAddress.Parse("02D0A9FEA9FA"))).ShouldBe(
        "70000000" + "1000" + "0506" + "01000000" + "00000000"
        + "00000000" + "00000000" + "00000000" + "00000000"
        + "07000300" + "61620000" // its name, with its end and a byte to fill
        + "48001200" + "09000100" + "76657468" + "00000000" // a veth
        + "38000200" + "34000100"
        + "00000000" + "00000000" + "00000000" + "00000000" + "09000300" + "65746830" + "00000000" + "08001C00" + "03000000" + "0A000100" + "02D0A9FEA9FA" + "0000");

    private static string Hex(RouteMessage message) => Convert.ToHexString(message.ToArray());
}
