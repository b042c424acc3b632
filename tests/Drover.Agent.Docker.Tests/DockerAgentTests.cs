namespace Drover.Agent.Docker.Tests;

public sealed class DockerAgentTests
{
    [Theory]
    [InlineData(null, "/var/run/docker.sock")]
    [InlineData("", "/var/run/docker.sock")]
    [InlineData("unix:///run/other.sock", "/run/other.sock")]
    public void The_engine_is_found_where_the_variable_says(string? variable, string socket) =>
        DockerAgent.Socket(variable).ShouldBe(socket);

    [Theory]
    [InlineData("tcp://10.0.0.1:2375")]
    [InlineData("/run/docker.sock")]
    public void An_engine_of_another_host_is_refused(string variable) =>
        Should.Throw<FormatException>(() => DockerAgent.Socket(variable)).Message.ShouldContain(variable);
}
