using System.Buffers;

namespace Drover.Server.Api.Html;

/// <summary>Puts JSON into an HTML script element: the same values, with nothing in it that could end the element or a line of script.</summary>
public static class ScriptText
{
    private static readonly SearchValues<byte> Special = SearchValues.Create([(byte)'\\', (byte)'/', (byte)'<', 0xE2]);

    /// <summary>Writes slashes, `&lt;` and the line ends U+2028 and U+2029 as escapes. JSON has them in texts alone.</summary>
    public static void Write(IBufferWriter<byte> to, ReadOnlySpan<byte> json)
    {
        while (json.IndexOfAny(Special) is >= 0 and var at)
        {
            to.Write(json[..at]);
            json = json[at..];
            var length = json switch
            {
                [(byte)'\\', _, ..] => 2, // an escape stays as it is: a second one would change the value
                [0xE2, 0x80, 0xA8 or 0xA9, ..] => 3,
                _ => 1,
            };
            to.Write(Escape(json, length));
            json = json[length..];
        }

        to.Write(json);
    }

    private static ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> json, int length) => json switch
    {
        [(byte)'/', ..] => "\\/"u8,
        [(byte)'<', ..] => "\\u003c"u8,
        [0xE2, 0x80, 0xA8, ..] => "\\u2028"u8,
        [0xE2, 0x80, 0xA9, ..] => "\\u2029"u8,
        _ => json[..length],
    };
}
