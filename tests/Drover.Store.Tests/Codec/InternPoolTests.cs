using System.Text;
using Drover.Store.Codec;

namespace Drover.Store.Tests.Codec;

public sealed class InternPoolTests
{
    private readonly InternPool _pool = new();

    [Fact]
    public void Equal_texts_become_one()
        => Text("running").ShouldBeSameAs(Text("running"));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("ünïcode ✓ 𝄞")]
    [InlineData("a text that is longer than what is worth sharing, by quite a bit")]
    public void Every_text_is_itself(string text)
    {
        Text(text).ShouldBe(text);
        Text(text).ShouldBe(text);
    }

    [Fact]
    public void Many_texts_never_mix()
    {
        for (var i = 0; i < 50_000; i++) Text($"name-{i % 20_000}").ShouldBe($"name-{i % 20_000}");
    }

    [Fact]
    public void A_record_is_found_by_its_codec_and_its_bytes_alone()
    {
        var (codec, record) = (new object(), new object());
        _pool.Keep(codec, "bytes"u8, record);

        _pool.Find(codec, "bytes"u8).ShouldBeSameAs(record);
        _pool.Find(codec, "other"u8).ShouldBeNull();
        _pool.Find(new object(), "bytes"u8).ShouldBeNull();
    }

    [Fact]
    public void The_pool_does_not_grow_without_end()
    {
        var codec = new object();
        for (var i = 0; i < 70_000; i++) _pool.Keep(codec, BitConverter.GetBytes(i), i);

        _pool.Find(codec, BitConverter.GetBytes(1)).ShouldBeNull();
        _pool.Find(codec, BitConverter.GetBytes(69_999)).ShouldBe(69_999);
    }

    private string Text(string text) => _pool.Text(Encoding.UTF8.GetBytes(text));
}
