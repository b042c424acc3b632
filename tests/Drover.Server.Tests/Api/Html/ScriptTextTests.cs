using System.Buffers;
using System.Text;
using System.Text.Json;
using Drover.Server.Api.Html;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Server.Tests.Api.Html;

public sealed class ScriptTextTests
{
    [Theory]
    [InlineData("\"</script><!--<script>\"", "\"\\u003c\\/script>\\u003c!--\\u003cscript>\"")]
    [InlineData("\"a\u2028b\u2029c\"", "\"a\\u2028b\\u2029c\"")]
    [InlineData("\"\\/ \\\\/ \\u003c \\\"/\"", "\"\\/ \\\\\\/ \\u003c \\\"\\/\"")]
    [InlineData("\"\u20ac\u2027\"", "\"\u20ac\u2027\"")]
    public void What_ends_a_script_or_a_line_of_one_is_escaped_and_escapes_stay(string json, string expected) => Escape(json).ShouldBe(expected);

    [Fact]
    public void Any_value_reads_as_what_it_was()
        => Prop.ForAll(ArbMap.Default.ArbFor<string[]>(), texts =>
        {
            string[] hostile = [.. texts.Select(text => text + "</script>\\/\u2028<!--")];
            foreach (var options in (JsonSerializerOptions[])[new(), new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }])
            {
                var json = JsonSerializer.Serialize(hostile, options);
                var escaped = Escape(json);
                JsonSerializer.Deserialize<string[]>(escaped).ShouldBe(JsonSerializer.Deserialize<string[]>(json));
                escaped.ShouldNotContain('<');
                escaped.ShouldNotContain('\u2028');
            }
        }).QuickCheckThrowOnFailure();

    private static string Escape(string json)
    {
        var to = new ArrayBufferWriter<byte>();
        ScriptText.Write(to, Encoding.UTF8.GetBytes(json));
        return Encoding.UTF8.GetString(to.WrittenSpan);
    }
}
