using Drover.Agent.State;
using Drover.Agent.Tests.Harness;
using Drover.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Agent.Tests.State;

public sealed class IdentityFileTests : TempFolder
{
    private static readonly HostIdentity Joined = new("uuid-1", "http://server:8080/", new Registered("1h1", "access", "s3cret"));

    [Fact]
    public void Who_the_host_is_outlives_the_agent()
    {
        Open().Load().ShouldBeNull();
        Open().Save(new HostIdentity("uuid-1"));
        Open().Save(Joined);

        Open().Load().ShouldBe(Joined);
    }

    [Fact]
    public void Nobody_else_reads_it()
    {
        Open().Save(Joined);

        File.GetUnixFileMode(Path.Combine(Folder, "host.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Joined.ToString().ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"uuid\":\"\"}")]
    [InlineData("{\"uuid\":7}")]
    public void One_that_cannot_be_read_is_put_aside(string content)
    {
        File.WriteAllText(Path.Combine(Folder, "host.json"), content);

        Open().Load().ShouldBeNull();

        File.ReadAllText(Path.Combine(Folder, "host.json.unreadable")).ShouldBe(content);
    }

    private IdentityFile Open() => new(Folder, NullLogger.Instance);
}
