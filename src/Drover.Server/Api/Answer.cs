using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api;

/// <summary>A finished answer: rendered whole before the first byte leaves, so that a failure on the way is a clean error.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Bytes">The body, JSON in UTF-8.</param>
public sealed record Answer(int Status, ReadOnlyMemory<byte> Bytes)
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes it to the caller.</summary>
    public async Task SendAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = Bytes.Length;
        await http.Response.Body.WriteAsync(Bytes, http.RequestAborted);
    }

    /// <summary>Renders JSON.</summary>
    public static Answer Json(Action<Utf8JsonWriter> write, int status = 200)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json);
        return new Answer(status, buffer.WrittenMemory);
    }
}
