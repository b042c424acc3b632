using System.Diagnostics;
using Drover.Compose.Services;

namespace Drover.Compose.Tests.Services;

public sealed class ImageNameTests
{
    [Theory]
    [InlineData("busybox", "busybox")]
    [InlineData("jenkins:1.651.3", "jenkins")]
    [InlineData("rancher/jenkins-plugins:v0.1.1", "rancher/jenkins-plugins")]
    [InlineData("hub.c.163.com/zouzhberk/701652_cluster01:13e3e835_20160921112218", "hub.c.163.com/zouzhberk/701652_cluster01")]
    [InlineData("localhost:5000/a", "localhost:5000/a")]
    [InlineData("localhost:5000/a/b:tag", "localhost:5000/a/b")]
    [InlineData("Registry.Example.COM/team/app", "Registry.Example.COM/team/app")]
    [InlineData("a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "a")]
    [InlineData("a:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "a")]
    [InlineData("a__b/c--d", "a__b/c--d")]
    public void A_good_name_has_a_repository(string image, string repository)
    {
        ImageName.Check(image).ShouldBeNull();
        ImageName.Repository(image).ShouldBe(repository);
    }

    [Theory]
    [InlineData("nginx:")]
    [InlineData("Nginx")]
    [InlineData("a b")]
    [InlineData("-a")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a:b:c")]
    [InlineData("a@")]
    [InlineData("a:-tag")]
    [InlineData("https://example.com/a")]
    [InlineData("a;rm -rf /")]
    [InlineData("a\nb")]
    [InlineData("a\n")]
    public void A_bad_name_is_an_error(string image) => ImageName.Check(image).ShouldNotBeNullOrEmpty();

    [Fact]
    public void A_long_name_is_refused_at_once()
    {
        var watch = Stopwatch.StartNew();
        ImageName.Check(new string('a', 5_000_000)).ShouldNotBeNull().Length.ShouldBeLessThan(200);
        ImageName.Check(string.Concat(Enumerable.Repeat("a-", 250)) + "!").ShouldNotBeNull();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
