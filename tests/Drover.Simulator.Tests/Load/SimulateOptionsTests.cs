using Drover.Simulator.Load;

namespace Drover.Simulator.Tests.Load;

public sealed class SimulateOptionsTests
{
    [Fact]
    public void Server_token_and_number_are_all_it_needs()
    {
        var options = Parse("--url", "http://server:8080/v2-beta", "--token=abc:1:xyz", "--hosts", "1000");

        options.ShouldSatisfyAllConditions(
            o => o.Url.ShouldBe(new Uri("http://server:8080/")),
            o => o.Token.ShouldBe("abc:1:xyz"),
            o => o.Hosts.ShouldBe(1000),
            o => o.Prefix.ShouldBe("sim"),
            o => o.ToString().ShouldNotContain("xyz"));
    }

    [Fact]
    public void The_token_may_come_without_showing_among_the_arguments()
        => SimulateOptions.Parse(["--url", "http://server"], name => name == "DROVER_TOKEN" ? "secret" : null).Token.ShouldBe("secret");

    [Fact]
    public void Behaviour_is_a_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"startTime":"00:00:02","images":{"bad:1":{"missing":true,"pullTime":"00:01:00"}}}""");

        var behaviour = Parse("--url", "http://server", "--token", "t", "--behaviour", file).Behaviour;

        behaviour.StartTime.ShouldBe(TimeSpan.FromSeconds(2));
        behaviour.Of("bad:1").ShouldSatisfyAllConditions(bad => bad.Missing.ShouldBeTrue(), bad => bad.PullTime.ShouldBe(TimeSpan.FromMinutes(1)));
        behaviour.Of("good:1").Missing.ShouldBeFalse();
        File.Delete(file);
    }

    [Theory]
    [InlineData("Which environment?", "--url", "http://server")]
    [InlineData("Where is the server?", "--token", "t")]
    [InlineData("--hosts is a number from 1 to 20000", "--url", "http://server", "--token", "t", "--hosts", "0")]
    [InlineData("--hosts is a number from 1 to 20000", "--url", "http://server", "--token", "t", "--hosts", "many")]
    [InlineData("Unknown argument --host", "--url", "http://server", "--token", "t", "--host", "1")]
    [InlineData("/nowhere.json cannot be read", "--url", "http://server", "--token", "t", "--behaviour", "/nowhere.json")]
    public void What_it_cannot_use_is_said(string sentence, params string[] args)
        => Should.Throw<FormatException>(() => Parse(args)).Message.ShouldStartWith(sentence);

    private static SimulateOptions Parse(params string[] args) => SimulateOptions.Parse(args, _ => null);
}
