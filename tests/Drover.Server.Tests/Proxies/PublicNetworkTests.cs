using System.Net;
using System.Net.Sockets;
using Drover.Model.Kernel;
using Drover.Server.Proxies;

namespace Drover.Server.Tests.Proxies;

public sealed class PublicNetworkTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("8.8.8.8 10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    public async Task A_name_that_leads_inside_is_refused_before_anything_is_sent(string addresses)
    {
        var asked = 0;
        var network = new PublicNetwork((_, _) =>
        {
            asked++;
            return Task.FromResult<IPAddress[]>([.. addresses.Split(' ').Select(IPAddress.Parse)]);
        });

        (await Should.ThrowAsync<ProblemException>(network.ConnectAsync("api.example.com", 443, TestContext.Current.CancellationToken))).Problem.Status.ShouldBe(403);
        asked.ShouldBe(1, "who answers for the name is asked once");
    }

    [Fact]
    public async Task An_address_in_place_of_a_name_is_looked_at_the_same_way()
    {
        foreach (var host in new[] { "127.0.0.1", "[::1]".Trim('[', ']'), "localhost" })
            (await Should.ThrowAsync<ProblemException>(PublicNetwork.System.ConnectAsync(host, 80, TestContext.Current.CancellationToken))).Problem.Status.ShouldBe(403, host);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_a_bad_gateway()
    {
        var network = new PublicNetwork((_, _) => throw new SocketException((int)SocketError.HostNotFound));

        (await Should.ThrowAsync<ProblemException>(network.ConnectAsync("nobody.example", 443, TestContext.Current.CancellationToken))).Problem.Status.ShouldBe(502);
    }
}
