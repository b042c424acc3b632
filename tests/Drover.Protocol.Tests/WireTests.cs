using System.Text;
using System.Text.Json;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Metadata;

namespace Drover.Protocol.Tests;

public sealed class WireTests
{
    [Fact]
    public void An_assignment_comes_out_as_it_went_in()
    {
        var sent = new Assignments(
            7,
            Complete: true,
            Containers: [new ContainerAssignment
            {
                Uuid = "u1",
                Generation = 3,
                Spec = new ContainerSpec { ImageUuid = "docker:busybox", Command = ["sleep", "5"], Tty = true },
                Labels = EquatableMap.Of(("a", "b")),
                RegistryAuth = new RegistryAuth("r:5000", "ann", "secret"),
            }],
            Network: new NetworkAssignment("10.42.0.0/16", "10.42.0.1"),
            Environment: new EnvironmentDelta(true, "Default", Removed: ["gone"]));

        Wire.DecodeServer(Wire.Encode(sent)).ShouldBe(sent);
    }

    [Fact]
    public void Something_that_nobody_set_stays_unset_and_an_empty_list_stays_empty()
    {
        var sent = new StatusReport(Gone: [], Containers: [new ContainerStatus { Uuid = "u" }]);

        var got = Wire.DecodeAgent(Wire.Encode(sent)).ShouldBeOfType<StatusReport>();

        got.Gone.IsDefault.ShouldBeFalse();
        got.Volumes.IsDefault.ShouldBeTrue();
        got.ShouldBe(sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"type\":\"nonsense\"}")]
    [InlineData("[1,2]")]
    public void Rubbish_is_refused_with_a_json_error(string frame)
        => Should.Throw<Exception>(() => Wire.DecodeAgent(Encoding.UTF8.GetBytes(frame))).ShouldBeAssignableTo<Exception>()
            .ShouldSatisfyAllConditions(e => (e is JsonException or NotSupportedException).ShouldBeTrue());

    [Fact]
    public void Credentials_do_not_show_when_they_are_printed()
        => new RegistryAuth("r:5000", "ann", "s3cret").ToString().ShouldNotContain("s3cret");
}
