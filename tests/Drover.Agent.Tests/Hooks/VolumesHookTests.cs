using Drover.Agent.Hooks;

namespace Drover.Agent.Tests.Hooks;

public sealed class VolumesHookTests
{
    [Theory]
    [InlineData("data:/data", "data")]
    [InlineData("data:/data:ro", "data")]
    [InlineData("/host:/data", null)]
    [InlineData("./here:/data", null)]
    [InlineData("~/home:/data", null)]
    [InlineData("/anonymous", null)]
    [InlineData(":/data", null)]
    [InlineData("", null)]
    public void A_volume_has_a_name_a_path_has_none(string mount, string? name) => VolumesHook.NameOf(mount).ShouldBe(name);
}
