namespace Drover.Compose.Tests;

public sealed class UpgradePaceTests
{
    private static readonly UpgradePace Pace = new(2, 1000);

    [Fact]
    public void A_file_of_version_1_gets_it_at_the_service_and_keeps_the_rest_as_it_was_written()
        => Pace.Into("web:\n  scale: \"${N}\"\n  retain_ip: true\ndb:\n  scale: 1\n", ["web"], false, false)
            .ShouldBe("web:\n  scale: '${N}'\n  retain_ip: true\n  upgrade_strategy:\n    batch_size: 2\n    interval_millis: 1000\ndb:\n  scale: 1\n");

    [Theory]
    [InlineData("web:\n  image: web:2\n", null)]
    [InlineData("version: '2'\nservices:\n  web:\n    image: web:2\n", null)]
    [InlineData("version: '2'\nservices:\n  web:\n    image: web:2\n", "web:\n  scale: 2\n")]
    [InlineData("web:\n  image: web:2\n", "version: '2'\nservices:\n  web: {scale: 2}\n")]
    public void The_files_read_with_it_whatever_their_versions(string docker, string? rancher)
    {
        var read = ComposeReader.Read(ComposeFiles.Of(docker, Pace.Into(rancher, ["web"], false, false)), new Dictionary<string, string>());

        read.Problems.ShouldBeEmpty();
        read.Model!.Services.Single().UpgradeStrategy!.ToJsonString().ShouldBe("""{"batchSize":2,"intervalMillis":1000}""");
    }

    [Fact]
    public void A_file_that_says_all_itself_stays_as_it_is_unless_it_is_overridden()
    {
        const string Text = "# ours\nversion: '2'\nservices:\n  web:\n    upgrade_strategy: {batch_size: 5, interval_millis: 300}\n";

        Pace.Into(Text, ["web"], false, false).ShouldBe(Text);
        Pace.Into(Text, ["web"], true, false)!.ShouldContain("batch_size: 2\n      interval_millis: 300");
        Pace.Into(null, [], true, true).ShouldBeNull();
    }
}
