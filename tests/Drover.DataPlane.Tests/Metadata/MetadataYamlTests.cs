using Drover.DataPlane.Metadata;
using Drover.Model.Kernel;

namespace Drover.DataPlane.Tests.Metadata;

public sealed class MetadataYamlTests
{
    [Theory]
    [InlineData("null", "null\n")]
    [InlineData("\"text\"", "text\n")]
    [InlineData("{}", "{}\n")]
    [InlineData("[]", "[]\n")]
    [InlineData("{\"a\":{},\"b\":[],\"c\":2.0}", "a: {}\nb: []\nc: 2\n")]
    [InlineData("{\"b\":{\"c\":\"d\"},\"a\":[1]}", "a:\n- 1\nb:\n  c: d\n")]
    [InlineData("[{\"a\":1,\"b\":[2,{\"c\":3}]}]", "- a: 1\n  b:\n  - 2\n  - c: 3\n")]
    [InlineData("[[1,2],[]]", "- - 1\n  - 2\n- []\n")]
    public void Values_stand_in_block_style(string json, string expected) => Yaml(json).ShouldBe(expected);

    [Theory]
    [InlineData("true")]
    [InlineData("No")]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("10.42.0.1")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("key:")]
    [InlineData("line\nline")]
    [InlineData("- x")]
    [InlineData("*x")]
    [InlineData("ä")]
    public void Text_that_could_be_taken_for_something_else_is_quoted(string text)
        => MetadataFormat.Write(MetadataNode.Of(text), MetadataForm.Yaml).ShouldStartWith("\"");

    [Theory]
    [InlineData("web-1")]
    [InlineData("/bin/sh -c x")]
    [InlineData("http://x:80/y")]
    public void Plain_text_stays_plain(string text)
        => MetadataFormat.Write(MetadataNode.Of(text), MetadataForm.Yaml).ShouldBe(text + "\n");

    private static string Yaml(string json) => MetadataFormat.Write(MetadataNode.Of(new RawJson(json)), MetadataForm.Yaml);
}
