using System.Net;
using Drover.DataPlane.Dns;

namespace Drover.DataPlane.Tests.Dns;

public sealed class HostResolversTests
{
    private static readonly IPAddress Ourselves = IPAddress.Parse("169.254.169.250");

    [Fact]
    public void The_nameserver_lines_count_in_their_order_without_ourselves()
        => HostResolvers.Parse("# c\nsearch lan\nnameserver 169.254.169.250\nnameserver\t10.0.0.1  # mine\n nameserver fd00::1\nnameserver\nnameserver x\n", Ourselves)
            .Select(a => a.ToString()).ShouldBe(["10.0.0.1", "fd00::1"]);

    [Theory]
    [InlineData("")]
    [InlineData("nameserver 169.254.169.250")]
    public void Where_the_host_names_none_public_ones_are_asked(string text)
        => HostResolvers.Parse(text, Ourselves).Select(a => a.ToString()).ShouldBe(["8.8.8.8", "8.8.4.4"]);

    [Fact]
    public void A_changed_file_is_read_again_after_a_while()
    {
        var (path, time) = (Path.GetTempFileName(), new SteppedTime());
        try
        {
            File.WriteAllText(path, "nameserver 10.0.0.1");
            var resolvers = new HostResolvers(path, Ourselves, time);
            resolvers.Current.ShouldBe([IPAddress.Parse("10.0.0.1")]);

            File.WriteAllText(path, "nameserver 10.0.0.2");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
            resolvers.Current.ShouldBe([IPAddress.Parse("10.0.0.1")]);
            time.Advance(TimeSpan.FromSeconds(6));
            resolvers.Current.ShouldBe([IPAddress.Parse("10.0.0.2")]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_host_without_the_file_has_public_resolvers()
        => new HostResolvers("/nonexistent/resolv.conf", Ourselves, TimeProvider.System).Current.Length.ShouldBe(2);
}
