using System.Text.Json;

namespace Drover.Server.Api.Rendering;

/// <summary>An address to which links append a word each: put together in one buffer, without a text for each.</summary>
internal readonly ref struct Address
{
    /// <summary>Letters that a buffer best has room for.</summary>
    public const int Room = 256;

    private readonly string _self;
    private readonly Span<char> _text;

    /// <param name="self">What all of them begin with.</param>
    /// <param name="room">A buffer that is used while it is large enough.</param>
    public Address(string self, Span<char> room)
    {
        _self = self;
        _text = self.Length <= room.Length ? room : default;
        self.AsSpan(0, Math.Min(self.Length, _text.Length)).CopyTo(_text);
    }

    /// <summary>Writes the address followed by two texts.</summary>
    public void Write(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<char> middle, ReadOnlySpan<char> end)
    {
        var length = _self.Length + middle.Length + end.Length;
        if (length > _text.Length)
        {
            json.WriteString(name, string.Concat(_self, middle, end));
            return;
        }

        middle.CopyTo(_text[_self.Length..]);
        end.CopyTo(_text[(_self.Length + middle.Length)..]);
        json.WriteString(name, _text[..length]);
    }
}
