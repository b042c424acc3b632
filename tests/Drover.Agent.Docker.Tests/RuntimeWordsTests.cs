using System.Net;
using Drover.Agent.Docker.Engine;
using Drover.Protocol;

namespace Drover.Agent.Docker.Tests;

/// <summary>The runtime's small translations.</summary>
public sealed class RuntimeWordsTests
{
    [Theory]
    [InlineData(EngineFault.Unreachable, "x", RuntimeFailure.Unreachable)]
    [InlineData(EngineFault.Interrupted, "x", RuntimeFailure.Unreachable)]
    [InlineData(EngineFault.NotFound, "x", RuntimeFailure.NotFound)]
    [InlineData(EngineFault.Unauthorized, "x", RuntimeFailure.Unauthorized)]
    [InlineData(EngineFault.Conflict, "x", RuntimeFailure.Conflict)]
    [InlineData(EngineFault.BadRequest, "x", RuntimeFailure.Invalid)]
    [InlineData(EngineFault.Failed, "x", RuntimeFailure.Failed)]
    [InlineData(EngineFault.Failed, "driver failed: Bind for 0.0.0.0:80 failed: port is already allocated", RuntimeFailure.Conflict)]
    [InlineData(EngineFault.BadRequest, "Address already in use", RuntimeFailure.Conflict)]
    public void Failures_of_the_engine_are_told_in_the_agents_words(EngineFault fault, string message, RuntimeFailure failure)
    {
        var told = RuntimeFailures.Of(new EngineException(fault, message, HttpStatusCode.OK));

        told.Failure.ShouldBe(failure);
        told.Message.ShouldStartWith(message);
    }

    [Fact]
    public void A_port_that_no_container_seems_to_have_comes_with_what_frees_it()
    {
        Of("Bind for 0.0.0.0:80 failed: port is already allocated").ShouldEndWith("frees it when it is restarted");
        Of("listen tcp4 0.0.0.0:80: bind: address already in use").ShouldEndWith("in use", Case.Sensitive, "another program has it");

        static string Of(string message) => RuntimeFailures.Of(new EngineException(EngineFault.Failed, message, HttpStatusCode.OK)).Message;
    }

    [Fact]
    public void Progress_of_all_layers_is_one_sentence_told_when_it_changes()
    {
        var told = new List<string>();
        var progress = new PullProgress(new Teller(told));

        progress.Report(Line("a", "Pulling fs layer", 0, 0));
        progress.Report(Line("a", "Downloading", 1_000_000, 10_000_000));
        progress.Report(Line("b", "Downloading", 500_000, 30_000_000));
        progress.Report(Line("b", "Downloading", 600_000, 30_000_000));
        progress.Report(Line("a", "Download complete", 0, 0));
        progress.Report(Line("b", "Download complete", 0, 0));
        progress.Report(Line("a", "Extracting", 5_000_000, 10_000_000));
        progress.Report(new ImageProgress { Status = "Digest: sha256:x" });

        told.ShouldBe(["Downloading 1 of 10 MB", "Downloading 2 of 40 MB", "Downloading 1 of 30 MB", "Extracting 5 of 10 MB"]);
    }

    [Theory]
    [InlineData("10.42.0.0/16", "10.42.255.0/24")]
    [InlineData("10.32.0.0/11", "10.63.255.0/24")]
    [InlineData("10.42.16.0/20", "10.42.31.0/24")]
    [InlineData("10.42.16.0/24", null)]
    [InlineData("fd00::/64", null)]
    public void The_engine_picks_addresses_from_the_last_block_alone(string subnet, string? range) =>
        ManagedNetwork.Request(new NetworkAssignment(subnet, "10.42.0.1")).IPAM!.Config!.ShouldHaveSingleItem().IPRange.ShouldBe(range);

    [Fact]
    public void A_network_is_as_wanted_by_subnet_gateway_bridge_and_mtu()
    {
        var wanted = new NetworkAssignment("10.42.0.0/16", "10.42.0.1", 1450);
        var request = ManagedNetwork.Request(wanted);
        var seen = new Network { Id = "x", Name = "drover", IPAM = request.IPAM, Options = request.Options };

        ManagedNetwork.IsAsWanted(seen, wanted).ShouldBeTrue();
        ManagedNetwork.IsAsWanted(seen, wanted with { Mtu = null }).ShouldBeFalse();
        ManagedNetwork.IsAsWanted(seen, wanted with { Subnet = "10.43.0.0/16" }).ShouldBeFalse();
        ManagedNetwork.IsAsWanted(seen, wanted with { Gateway = "10.42.0.2" }).ShouldBeFalse();
        ManagedNetwork.IsAsWanted(seen with { Options = null }, wanted).ShouldBeFalse();
    }

    [Fact]
    public void The_hosts_search_domains_are_those_of_the_last_line_that_names_any()
    {
        HostResolver.SearchDomains(["nameserver 1.1.1.1", "domain a.test", "search\tb.test  c.test", "# search d.test"]).ShouldBe(["b.test", "c.test"]);
        HostResolver.SearchDomains(["nameserver 1.1.1.1"]).ShouldBeEmpty();
    }

    private static ImageProgress Line(string id, string status, long current, long total) =>
        new() { Id = id, Status = status, ProgressDetail = new ImageProgressDetail { Current = current, Total = total } };

    private sealed class Teller(List<string> told) : IProgress<string>
    {
        public void Report(string value) => told.Add(value);
    }
}
