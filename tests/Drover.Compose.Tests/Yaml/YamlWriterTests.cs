using Drover.Compose.Yaml;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Compose.Tests.Yaml;

public sealed class YamlWriterTests
{
    [Theory]
    [InlineData("plain text", "a: plain text\n")]
    [InlineData("8080:80/tcp", "a: 8080:80/tcp\n")]
    [InlineData("rancher/lb-service-haproxy:v0.9.1", "a: rancher/lb-service-haproxy:v0.9.1\n")]
    [InlineData("true", "a: 'true'\n")]
    [InlineData("y", "a: 'y'\n")]
    [InlineData("null", "a: 'null'\n")]
    [InlineData("", "a: ''\n")]
    [InlineData("12", "a: '12'\n")]
    [InlineData("1e3", "a: '1e3'\n")]
    [InlineData("22:22", "a: '22:22'\n")]
    [InlineData("0x1F", "a: '0x1F'\n")]
    [InlineData("2020-01-01", "a: '2020-01-01'\n")]
    [InlineData("key: value", "a: 'key: value'\n")]
    [InlineData("ends:", "a: 'ends:'\n")]
    [InlineData("# no comment", "a: '# no comment'\n")]
    [InlineData("*alias", "a: '*alias'\n")]
    [InlineData("it's", "a: 'it''s'\n")]
    [InlineData(" lead", "a: ' lead'\n")]
    [InlineData("two\nlines\n", "a: |\n  two\n  lines\n")]
    [InlineData("two\nlines", "a: |-\n  two\n  lines\n")]
    [InlineData("tab\there", "a: \"tab\there\"\n")]
    public void A_text_is_written_as_plainly_as_it_can_be(string text, string written) =>
        YamlWriter.Write(MapOf("a", Text(text))).ShouldBe(written);

    [Fact]
    public void Empty_lists_and_maps_are_written_as_such() =>
        YamlWriter.Write(new YamlMap(Place.None, [Entry("list", new YamlList(Place.None, [])), Entry("map", new YamlMap(Place.None, []))])).ShouldBe("list: []\nmap: {}\n");

    [Fact]
    public void Any_text_reads_back_as_the_same_text_as_value_and_as_key() =>
        Prop.ForAll(Texts().ToArbitrary(), text =>
        {
            var root = Again(new YamlMap(Place.None, [Entry("k", Text(text)), Entry("l", new YamlList(Place.None, [Text(text), MapOf("in", Text(text))]))]));
            var inList = (YamlList)root.Find("l")!;
            return Same(root.Find("k"), text) && Same(inList.Items[0], text) && Same(((YamlMap)inList.Items[1]).Find("in"), text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Any_key_without_control_characters_reads_back_as_the_same_key() =>
        Prop.ForAll(Texts().Where(text => !text.Any(char.IsControl)).ToArbitrary(), key => Again(MapOf(key, Text("v"))).Entries[0].Key == key)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>Texts of awkward pieces, which random letters would rarely hit upon.</summary>
    private static Gen<string> Texts()
    {
        var pieces = Gen.Elements(
            "a", "b c", " ", "  ", "\n", "\n\n", "\t", ":", ": ", "#", " #", "-", "- ", "?", "'", "\"", "\\", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">", "%", "@", "`",
            "$", "$$", "${X}", "true", "no", "null", "~", "0", "12", "0x1f", "1:30", ".5", "1e5", "<<", "=", "---", "...", "\u00e9", "\u4e2d", "\U0001F404", "\u00a0", "\u2028", "\r", "\u0085", "\ufeff");
        return Gen.Choose(0, 8).SelectMany(count => pieces.ArrayOf(count)).Select(string.Concat);
    }

    private static YamlMap Again(YamlMap map)
    {
        var problems = new List<ComposeProblem>();
        var written = YamlWriter.Write(map);
        var root = YamlReader.Read("again", written, problems);
        problems.ShouldBeEmpty(written);
        return root.ShouldBeOfType<YamlMap>();
    }

    private static bool Same(YamlNode? node, string text) => node is YamlScalar { Kind: ScalarKind.Text } scalar && scalar.Text == text;

    private static YamlScalar Text(string text) => new(Place.None, text, plain: false);

    private static YamlEntry Entry(string key, YamlNode value) => new(key, Place.None, value);

    private static YamlMap MapOf(string key, YamlNode value) => new(Place.None, [Entry(key, value)]);
}
