using Drover.Compose.Codecs;

namespace Drover.Compose.Tests.Codecs;

public sealed class VolumeSpecTests
{
    [Theory]
    [InlineData("/data", null, "/data", null)]
    [InlineData("/data:ro", null, "/data", "ro")]
    [InlineData("/host:/data", "/host", "/data", null)]
    [InlineData("/host:/data:ro,z", "/host", "/data", "ro,z")]
    [InlineData("name:/data", "name", "/data", null)]
    [InlineData("my_vol.1-a:/data:shared", "my_vol.1-a", "/data", "shared")]
    [InlineData(@"C:\data:C:\data", @"C:\data", @"C:\data", null)]
    [InlineData(@"C:\data", null, @"C:\data", null)]
    [InlineData(@"name:C:\data:ro", "name", @"C:\data", "ro")]
    [InlineData("c:/data", "c", "/data", null)]
    public void A_mount_has_source_target_and_mode(string text, string? source, string target, string? mode)
    {
        var (volume, error) = VolumeSpec.Parse(text);
        error.ShouldBeNull();
        volume.ShouldBe(new VolumeSpec(source, target, mode));
        volume!.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("", "source:")]
    [InlineData(":", "source:")]
    [InlineData("a:b:c:d", "source:")]
    [InlineData(":/data", "source:")]
    [InlineData("/host:", "mode")]
    [InlineData("data", "absolute path in the container")]
    [InlineData("data:data", "absolute path in the container")]
    [InlineData("./data:/data", "relative")]
    [InlineData("~/data:/data", "relative")]
    [InlineData("../data:/data", "relative")]
    [InlineData("two words:/data", "volume's name")]
    [InlineData("-x:/data", "volume's name")]
    public void A_mount_that_no_host_can_have_is_an_error(string text, string about)
    {
        var (volume, error) = VolumeSpec.Parse(text);
        volume.ShouldBeNull();
        error.ShouldNotBeNull().ShouldContain(about);
    }

    [Theory]
    [InlineData("name:/data", true)]
    [InlineData("/host:/data", false)]
    [InlineData("/data", false)]
    [InlineData(@"C:\host:C:\data", false)]
    public void A_source_is_named_unless_it_is_a_path_or_missing(string text, bool named) =>
        VolumeSpec.Parse(text).Volume.ShouldNotBeNull().IsNamed.ShouldBe(named);
}
