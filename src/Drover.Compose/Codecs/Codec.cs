using System.Text.Json.Nodes;
using Drover.Compose.Yaml;

namespace Drover.Compose.Codecs;

/// <summary>How one kind of value stands in a compose file and in the API, both ways: <c>Read(Write(v))</c> is <c>v</c>.</summary>
internal abstract class Codec
{
    public static readonly Codec Text = new TextCodec();
    public static readonly Codec Boolean = new BooleanCodec();
    public static readonly Codec Integer = new IntegerCodec(long.MinValue, long.MaxValue);
    public static readonly Codec Count = new IntegerCodec(0, int.MaxValue);
    public static readonly Codec Port = new IntegerCodec(1, 65535);
    public static readonly Codec Bytes = new BytesCodec();
    public static readonly Codec Seconds = new SecondsCodec();
    public static readonly Codec TextList = new TextListCodec();
    public static readonly Codec TextMap = new TextMapCodec();
    public static readonly Codec Words = new WordsCodec();
    public static readonly Codec Json = new JsonCodec();

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public static Codec Between(long least, long most) => new IntegerCodec(least, most);

    /// <summary>The API's value, or null where there is none or it was refused; an empty list or map is none.</summary>
    public abstract JsonNode? Read(YamlNode node, Spot spot);

    /// <summary>The file's value, or null where the API's value is not one of this kind or says nothing.</summary>
    public abstract YamlNode? Write(JsonNode value);

    /// <summary>A scalar that is text whatever it looks like.</summary>
    protected static YamlScalar Quoted(string text) => new(Place.None, text, plain: false);

    /// <summary>A scalar whose meaning is read from its text.</summary>
    protected static YamlScalar Plain(string text) => new(Place.None, text, plain: true);
}
