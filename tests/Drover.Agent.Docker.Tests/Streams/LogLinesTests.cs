using System.Buffers;
using System.Text;
using Drover.Agent.Docker.Streams;

namespace Drover.Agent.Docker.Tests.Streams;

public sealed class LogLinesTests
{
    private const string T1 = "2026-01-01T00:00:00.000000001Z";
    private const string T2 = "2026-01-01T00:00:00.000000002Z";

    private readonly ArrayBufferWriter<byte> _output = new();

    private string Text => Encoding.UTF8.GetString(_output.WrittenSpan);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10_000)]
    public void Lines_come_out_whole_however_the_bytes_were_cut(int cut)
    {
        var lines = new LogLines(timestamps: false, after: null);
        foreach (var piece in Encoding.UTF8.GetBytes($"{T1} one\n{T2} zwei ü\n").Chunk(cut)) lines.Add(0, new ReadOnlySequence<byte>(piece), false, _output);

        Text.ShouldBe("00 one\n00 zwei ü\n");
        lines.Last.ShouldBe(T2);
    }

    [Fact]
    public void Output_and_errors_that_are_mixed_are_not_mixed_up()
    {
        var lines = new LogLines(timestamps: true, after: null);
        Add(lines, 1, $"{T1} ou", false);
        Add(lines, 2, $"{T1} err\n", true);
        Add(lines, 1, "t\n", true);

        Text.ShouldBe($"02 {T1} err\n01 {T1} out\n");
    }

    [Fact]
    public void A_line_in_several_frames_has_one_time()
    {
        var lines = new LogLines(timestamps: true, after: null);
        Add(lines, 1, $"{T1} first half", true);
        Add(lines, 1, $"{T2} and second\n", true);

        Text.ShouldBe($"01 {T1} first halfand second\n");
    }

    [Fact]
    public void What_was_told_before_is_not_told_again()
    {
        var lines = new LogLines(timestamps: false, after: T1);
        Add(lines, 1, $"{T1} old\n", true);
        Add(lines, 1, $"{T2} fresh\n", true);

        Text.ShouldBe("01 fresh\n");
    }

    [Fact]
    public void A_line_without_end_is_told_in_pieces_and_held_in_no_more_room()
    {
        var lines = new LogLines(timestamps: true, after: null);
        Add(lines, 0, $"{T1} {new string('x', 200_000)}", false);

        Text.Split('\n').Length.ShouldBe(4);
        Text.Split('\n')[1].ShouldStartWith($"00 {T1} x");
        lines.Flush(_output);
        Text.Count(letter => letter == 'x').ShouldBe(200_000);
    }

    private void Add(LogLines lines, byte which, string text, bool endsFrame)
        => lines.Add(which, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text)), endsFrame, _output);
}
