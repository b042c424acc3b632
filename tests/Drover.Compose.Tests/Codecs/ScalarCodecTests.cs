using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Yaml;

namespace Drover.Compose.Tests.Codecs;

public sealed class ScalarCodecTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("1024", 1024L)]
    [InlineData("-1", -1L)]
    [InlineData("1k", 1024L)]
    [InlineData("1K", 1024L)]
    [InlineData("1kb", 1024L)]
    [InlineData("1KiB", 1024L)]
    [InlineData("64 MB", 67108864L)]
    [InlineData("1.5g", 1610612736L)]
    [InlineData("2T", 2199023255552L)]
    [InlineData("100b", 100L)]
    [InlineData("", null)]
    [InlineData("b", null)]
    [InlineData("m", null)]
    [InlineData("-5m", null)]
    [InlineData("5 apples", null)]
    [InlineData("1e3", null)]
    [InlineData("0x10", null)]
    [InlineData("9999999999999p", null)]
    [InlineData("1mm", null)]
    public void Sizes_have_units_of_1024(string text, long? bytes) => BytesCodec.Parse(text).ShouldBe(bytes);

    [Theory]
    [InlineData("90s", 90L)]
    [InlineData("1m30s", 90L)]
    [InlineData("2h", 7200L)]
    [InlineData("15", 15L)]
    [InlineData("1m5", 65L)]
    [InlineData("s", null)]
    [InlineData("1d", null)]
    [InlineData("-1s", null)]
    [InlineData("1.5s", null)]
    [InlineData("99999999999s", null)]
    [InlineData("99999999999", null)]
    [InlineData("1m99999999999999999999", null)]
    public void Times_have_units_of_seconds_minutes_and_hours(string text, long? seconds) =>
        ((long?)Read(Codec.Seconds, text).Value).ShouldBe(seconds);

    [Theory]
    [InlineData("true", true)]
    [InlineData("Yes", true)]
    [InlineData("off", false)]
    [InlineData("1", null)]
    [InlineData("y", null)]
    public void Booleans_are_spelled_as_in_YAML_also_in_quotes(string text, bool? value)
    {
        ((bool?)Read(Codec.Boolean, text).Value).ShouldBe(value);
        ((bool?)Read(Codec.Boolean, text, plain: false).Value).ShouldBe(value);
    }

    [Theory]
    [InlineData("5", 5L, null)]
    [InlineData("0", null, ComposeCodes.MinLimitExceeded)]
    [InlineData("11", null, ComposeCodes.MaxLimitExceeded)]
    [InlineData("5.0", null, ComposeCodes.InvalidType)]
    [InlineData("five", null, ComposeCodes.InvalidType)]
    [InlineData("99999999999999999999", null, ComposeCodes.InvalidType)]
    public void A_number_keeps_its_bounds(string text, long? value, string? code)
    {
        var (read, problem) = Read(Codec.Between(1, 10), text, plain: false);
        ((long?)read).ShouldBe(value);
        problem?.Code.ShouldBe(code);
        (problem is null).ShouldBe(code is null);
    }

    [Theory]
    [InlineData("no", "no", null)]
    [InlineData("\"no\"", "no", null)]
    [InlineData("always", "always", null)]
    [InlineData("unless-stopped", "unless-stopped", null)]
    [InlineData("on-failure", "on-failure", null)]
    [InlineData("on-failure:0", "on-failure", 0L)]
    [InlineData("on-failure:12", "on-failure", 12L)]
    public void A_restart_policy_has_a_name_and_perhaps_a_count(string written, string name, long? count)
    {
        var policy = new RestartCodec().Read(Node(written), Spot(out _)).ShouldBeOfType<JsonObject>();
        policy["name"]!.ToString().ShouldBe(name);
        ((long?)policy["maximumRetryCount"]).ShouldBe(count);
        var again = new RestartCodec().Write(policy).ShouldBeOfType<YamlScalar>();
        JsonNode.DeepEquals(new RestartCodec().Read(again, Spot(out _)), policy).ShouldBeTrue();
    }

    [Theory]
    [InlineData("never")]
    [InlineData("always:3")]
    [InlineData("on-failure:")]
    [InlineData("on-failure:-1")]
    [InlineData("on-failure:99999999999")]
    [InlineData("[always]")]
    public void Another_restart_policy_is_refused(string written)
    {
        new RestartCodec().Read(Node(written), Spot(out var findings)).ShouldBeNull();
        findings.Problems.ShouldHaveSingleItem();
    }

    [Fact]
    public void An_option_takes_the_spelling_of_the_API()
    {
        var codec = new OptionCodec("singleHostRW", "multiHostRW");
        ((string?)Read(codec, "MULTIHOSTRW").Value).ShouldBe("multiHostRW");
        Read(codec, "none").Problem.ShouldNotBeNull().Message.ShouldContain("singleHostRW, multiHostRW");
    }

    private static (JsonNode? Value, ComposeProblem? Problem) Read(Codec codec, string text, bool plain = true)
    {
        var value = codec.Read(new YamlScalar(Place.None, text, plain), Spot(out var findings));
        return (value, findings.Problems.SingleOrDefault());
    }

    private static YamlNode Node(string written) => YamlReader.Read("f", written, []).ShouldNotBeNull();

    private static Spot Spot(out Findings findings) => new(KeyPath.Top("key"), findings = new Findings());
}
