using Drover.Cli.Output;

namespace Drover.Cli.Tests.Output;

public sealed class OutputTests
{
    [Fact]
    public void Columns_line_up_and_lines_have_no_blanks_at_their_end()
    {
        var output = new StringWriter { NewLine = "\n" };
        TextTable.Write(output, ["NAME", "STATE"], [["a", "active"], ["a-long-name", null]]);
        output.ToString().ShouldBe("NAME          STATE\na             active\na-long-name\n");
    }

    [Fact]
    public void What_would_move_a_terminal_s_cursor_is_shown_as_a_dot()
    {
        Printable.Of("a\u001b[31mb\nc").ShouldBe("a·[31mb·c");
        Printable.Lines("a\u0007\r\nb").ShouldBe("a·\nb");
        Printable.Of(null).ShouldBe("");
    }

    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(12.9, "12s")]
    [InlineData(99, "99s")]
    [InlineData(150, "2m")]
    [InlineData(7200, "2h")]
    [InlineData(260_000, "3d")]
    public void Ages_are_short(double seconds, string text) => Ages.Of(TimeSpan.FromSeconds(seconds)).ShouldBe(text);
}
