using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api;

/// <summary>A finished answer: rendered whole before the first byte leaves, so that a failure on the way is a clean error.</summary>
public sealed class Answer : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly PooledBuffer _body = new();

    private Answer(int status) => Status = status;

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The body, JSON in UTF-8; gone once it is sent.</summary>
    public ReadOnlyMemory<byte> Bytes => _body.Written;

    /// <summary>Renders JSON.</summary>
    public static Answer Json(Action<Utf8JsonWriter> write, int status = 200)
    {
        var answer = new Answer(status);
        try
        {
            using var json = new Utf8JsonWriter(answer._body, Options);
            write(json);
            json.Flush();
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>Writes it to the caller and lets it go.</summary>
    public async Task SendAsync(HttpContext http)
    {
        using (this)
        {
            http.Response.StatusCode = Status;
            if (Bytes.IsEmpty) return;
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = Bytes.Length;
            await http.Response.Body.WriteAsync(Bytes, http.RequestAborted);
        }
    }

    public void Dispose() => _body.Dispose();
}
