using Drover.Agent.Tests.Harness;
using Drover.Model.Kernel;

namespace Drover.Agent.Tests;

public sealed class AgentOptionsTests : TempFolder
{
    [Fact]
    public void Url_and_token_are_all_it_needs()
    {
        var options = Parse(["--url", "http://server:8080", "--token", "a:1:b"]);

        options.ShouldSatisfyAllConditions(
            o => o.Url.ShouldBe(new Uri("http://server:8080/")),
            o => o.Token.ShouldBe("a:1:b"),
            o => o.DataFolder.ShouldBe("/var/lib/drover/agent"),
            o => o.Hostname.ShouldBeNull(),
            o => o.ToString().ShouldNotContain("a:1:b"));
    }

    [Fact]
    public void The_token_need_not_show_among_the_arguments_of_a_process()
    {
        var file = Path.Combine(Folder, "token");
        File.WriteAllText(file, "from-file\n");

        Parse(["--url", "http://s", "--token-file", file]).Token.ShouldBe("from-file");
        Parse(["--url", "http://s"], ("DROVER_TOKEN", "from-env")).Token.ShouldBe("from-env");
        Parse([], ("DROVER_URL", "http://s"), ("DROVER_TOKEN_FILE", file)).Token.ShouldBe("from-file");
        Parse(["--url", "http://s"]).Token.ShouldBeNull();
    }

    [Fact]
    public void The_address_of_1_6_carries_the_token()
    {
        var options = Parse(["--url", "https://server/v1/scripts/KEY:1483142400000:SIG"]);

        options.Url.ShouldBe(new Uri("https://server/"));
        options.Token.ShouldBe("KEY:1483142400000:SIG");
    }

    [Fact]
    public void Labels_and_address_come_as_in_1_6_and_the_last_one_wins()
    {
        var options = Parse(
            ["--url", "http://s", "--label", "zone=b", "--label=disk=ssd", "--hostname", "h", "--data", Folder],
            ("CATTLE_HOST_LABELS", "zone=a&name=with%20space&flag"), ("CATTLE_AGENT_IP", "192.0.2.7"));

        options.Labels.ShouldBe(EquatableMap.Of(("zone", "b"), ("disk", "ssd"), ("name", "with space"), ("flag", "")));
        options.AgentIp.ShouldBe("192.0.2.7");
        options.Hostname.ShouldBe("h");
        options.DataFolder.ShouldBe(Folder);
    }

    [Theory]
    [InlineData("Where is the server?")]
    [InlineData("The server's address must be", "--url", "ftp://s")]
    [InlineData("The server's address must be", "--url", "http://")]
    [InlineData("--url needs a value", "--url")]
    [InlineData("Unknown argument --tokn", "--tokn", "x")]
    [InlineData("Unknown argument http://s", "http://s")]
    [InlineData("A label has a name", "--url", "http://s", "--label", "=x")]
    [InlineData("The token cannot be read from /nowhere", "--url", "http://s", "--token-file", "/nowhere")]
    public void What_it_cannot_use_is_said(string sentence, params string[] args)
        => Should.Throw<FormatException>(() => Parse(args)).Message.ShouldStartWith(sentence);

    [Theory]
    [InlineData("server:8080", "http://server:8080/")]
    [InlineData("http://server/v1", "http://server/")]
    [InlineData("http://server:80/v2-beta/projects/1a5", "http://server/")]
    [InlineData("https://proxy/drover/v1/", "https://proxy/drover/")]
    [InlineData("http://[::1]:8080/", "http://[::1]:8080/")]
    public void Addresses_are_understood_as_people_write_them(string text, string url)
        => ServerAddress.Parse(text).Url.ShouldBe(new Uri(url));

    private static AgentOptions Parse(string[] args, params (string Name, string Value)[] variables)
        => AgentOptions.Parse(args, name => variables.Where(variable => variable.Name == name).Select(variable => variable.Value).FirstOrDefault());
}
