using Drover.Store.Codec;

namespace Drover.Store.Tests.Codec;

public sealed class ByteWriterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_number_of_either_sign_comes_back(long number)
    {
        var writer = new ByteWriter(1);
        writer.Signed(number);
        writer.Number((ulong)number);
        writer.Fixed(number);

        var reader = new ByteReader(writer.Written);
        reader.Signed().ShouldBe(number);
        reader.Number().ShouldBe((ulong)number);
        reader.Fixed().ShouldBe(number);
        reader.AtEnd.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(41)]
    [InlineData(42)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(20_000)]
    public void A_text_of_any_length_comes_back(int length)
    {
        var text = string.Concat(Enumerable.Repeat("ü✓x", length / 3)) + new string('y', length % 3);
        var writer = new ByteWriter(1);
        writer.Text(text);
        writer.Text(null);

        var reader = new ByteReader(writer.Written);
        reader.Text().ShouldBe(text);
        reader.Text().ShouldBeNull();
        reader.AtEnd.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(16_382)]
    [InlineData(16_383)]
    [InlineData(300_000)]
    public void A_block_of_any_length_stands_behind_its_length(int length)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        var writer = new ByteWriter(1);
        var outer = writer.BeginBlock();
        var inner = writer.BeginBlock();
        writer.Raw(bytes);
        writer.EndBlock(inner);
        writer.Byte(7);
        writer.EndBlock(outer);

        var reader = new ByteReader(writer.Written);
        reader.Block(out var whole).ShouldBeTrue();
        reader.AtEnd.ShouldBeTrue();
        var parts = new ByteReader(whole);
        parts.Block(out var part).ShouldBeTrue();
        part.SequenceEqual(bytes).ShouldBeTrue();
        parts.Byte().ShouldBe((byte)7);
    }

    [Fact]
    public void A_number_of_more_than_64_bits_is_refused()
        => Should.Throw<InvalidDataException>(() => new ByteReader([.. Enumerable.Repeat((byte)0xFF, 12)]).Number());
}
