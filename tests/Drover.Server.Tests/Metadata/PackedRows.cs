using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Drover.Server.Tests.Metadata;

/// <summary>Reads objects in raw deflate that follow one another, as rancher-metadata does.</summary>
internal static class PackedRows
{
    public static async Task<List<JsonElement>> ReadAsync(Stream packed)
    {
        await using var raw = new DeflateStream(packed, CompressionMode.Decompress);
        using var text = new StreamReader(raw, Encoding.UTF8);
        var bytes = Encoding.UTF8.GetBytes(await text.ReadToEndAsync(TestContext.Current.CancellationToken));
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        var rows = new List<JsonElement>();
        while (reader.Read()) rows.Add(JsonElement.ParseValue(ref reader));
        return rows;
    }

    public static string? Kind(this JsonElement row) => row.GetProperty("metadata_kind").GetString();
}
