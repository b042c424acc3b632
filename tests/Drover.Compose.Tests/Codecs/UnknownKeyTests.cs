using Drover.Compose.Codecs;
using Drover.Compose.Services;

namespace Drover.Compose.Tests.Codecs;

public sealed class UnknownKeyTests
{
    [Theory]
    [InlineData("prts", "ports")]
    [InlineData("enviroment", "environment")]
    [InlineData("network-mode", "network_mode")]
    [InlineData("Image", "image")]
    [InlineData("health_chek", "health_check")]
    [InlineData("start_on_crate", "start_on_create")]
    public void A_key_with_a_slip_names_the_one_that_was_meant(string key, string meant) => UnknownKey.Nearest(key, ServiceKeys.All).ShouldBe(meant);

    [Theory]
    [InlineData("zzzzzzzz")]
    [InlineData("")]
    [InlineData("somethingelse")]
    public void A_key_like_no_other_names_none(string key) => UnknownKey.Nearest(key, ServiceKeys.All).ShouldBeNull();

    [Fact]
    public void A_very_long_key_is_not_compared() => UnknownKey.Nearest(new string('p', 100_000), ServiceKeys.All).ShouldBeNull();
}
