using Drover.Model.Kernel;
using Drover.Server.Proxies;

namespace Drover.Server.Tests.Proxies;

public sealed class ProxyWhitelistTests
{
    [Theory]
    [InlineData("*.amazonaws.com", "https://ec2.eu.amazonaws.com/", true)]
    [InlineData("*.amazonaws.com", "https://EC2.AmazonAWS.com./", true)]
    [InlineData("*.amazonaws.com", "https://amazonaws.com/", false)]
    [InlineData("*.amazonaws.com", "https://evilamazonaws.com/", false)]
    [InlineData("*.amazonaws.com", "https://x.amazonaws.com.evil.example/", false)]
    [InlineData("*.amazonaws.com", "https://x.amazonaws.com:8443/", false)]
    [InlineData("*.1", "http://127.0.0.1/", false)]
    [InlineData("*amazonaws.com", "https://evilamazonaws.com/", false)]
    [InlineData("*", "https://anything.example/", false)]
    [InlineData("a.example, api.example.com", "https://api.example.com/x", true)]
    [InlineData("api.example.com", "https://api.example.com:444/", false)]
    [InlineData("api.example.com:444", "https://api.example.com:444/", true)]
    [InlineData("api.example.com:444", "https://api.example.com/", false)]
    [InlineData("", "https://api.example.com/", false)]
    [InlineData(null, "https://api.example.com/", false)]
    [InlineData(",,", "https://api.example.com/", false)]
    public void A_name_is_in_the_list_by_whole_labels(string? setting, string target, bool allowed) => ProxyWhitelist.Allows(setting, new Uri(target)).ShouldBe(allowed);

    [Theory]
    [InlineData("api.example.com/a%2Fb", "?c=d", "https://api.example.com/a%2Fb?c=d")]
    [InlineData("http:/api.example.com/x", "", "http://api.example.com/x")]
    [InlineData("http://api.example.com/x", "", "http://api.example.com/x")]
    [InlineData("HTTPS:/api.example.com:444", "", "https://api.example.com:444/")]
    [InlineData("file:/etc/passwd", "", null)]
    [InlineData("ftp://api.example.com/", "", null)]
    [InlineData("api.example.com@evil.example/", "", null)]
    [InlineData("user:secret@api.example.com/", "", null)]
    [InlineData("", "", null)]
    [InlineData("/", "", null)]
    public void An_address_is_a_web_servers_or_nothing(string rest, string query, string? target)
    {
        if (target is null) Should.Throw<ProblemException>(() => ProxiedTarget.Parse(rest, query)).Problem.Status.ShouldBe(400);
        else ProxiedTarget.Parse(rest, query).AbsoluteUri.ShouldBe(target);
    }
}
