using System.Text.Encodings.Web;
using System.Text.Json;

namespace Drover.Cli.Output;

/// <summary>JSON to read and to pipe.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonElement item) => JsonSerializer.Serialize(item, Options);

    public static string Of(IEnumerable<JsonElement> items) => JsonSerializer.Serialize(items, Options);
}
