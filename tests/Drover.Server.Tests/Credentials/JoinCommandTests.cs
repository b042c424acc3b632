using Drover.Server.Credentials;

namespace Drover.Server.Tests.Credentials;

public sealed class JoinCommandTests
{
    private const string Url = "http://10.0.0.1:8080/v1/scripts/ABC:1:sig";

    [Fact]
    public void Without_an_image_on_the_server_it_is_docker_run_alone() =>
        JoinCommand.Of("drover/agent", Url, null).ShouldBe(
            "sudo docker run -d --name drover-agent --restart=unless-stopped --net=host --cap-add=NET_ADMIN --cap-add=SYS_ADMIN "
            + $"-v /var/run/docker.sock:/var/run/docker.sock -v /var/lib/drover:/var/lib/drover drover/agent {Url}");

    [Fact]
    public void With_one_it_is_fetched_from_the_server_and_checked_first()
    {
        var command = JoinCommand.Of("drover/agent", Url, "cafe");
        command.ShouldContain("curl -fsSO http://10.0.0.1:8080/v1/agent/download/drover-agent.tar.gz; echo \"cafe  drover-agent.tar.gz\" | sha256sum -c;");
        command.IndexOf("sha256sum", StringComparison.Ordinal).ShouldBeLessThan(command.IndexOf("docker load", StringComparison.Ordinal));
        command.ShouldEndWith($"drover/agent {Url}'");
    }

    [Theory]
    [InlineData("x'; rm -rf / #", "http://h/v1/scripts/t")]
    [InlineData("x", "http://h'`id`$(id)/v1/scripts/t")]
    [InlineData("x;id", "http://h/v1/scripts/t\nid")]
    public void Nothing_in_a_name_or_address_reaches_the_shell(string image, string url)
    {
        var command = JoinCommand.Of(image, url, "cafe");
        command.Count(letter => letter == '\'').ShouldBe(2);
        foreach (var bad in (string[])["`", "$(id)", "\n", "#", ";id", "; rm -rf"]) command.ShouldNotContain(bad);
    }
}
