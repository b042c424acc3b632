using System.Text.Encodings.Web;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.OpenApi;

/// <summary>`openapi.json` of the latest version or of an environment in it: what the caller's own role sees, sent piece by piece.</summary>
public static class OpenApiEndpoint
{
    private const int Piece = 32 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True for the document's path; v1 is frozen and has none.</summary>
    public static bool Is(ApiPath path) => path is { Type: "openapi.json", Id: null, Speaks: ApiVersion.V2Beta };

    /// <summary>Sends the document to a caller who has signed in.</summary>
    public static async Task SendAsync(ApiCall call, HttpContext http)
    {
        if (call.Method != "GET") throw new ProblemException(Problem.NotAllowed());
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        var body = http.Response.BodyWriter;
        using var json = new Utf8JsonWriter(body, Options);
        foreach (var pending in new OpenApiWriter(call.Catalog, call.Urls.Root).Write(json))
        {
            if (pending < Piece && body.UnflushedBytes < Piece) continue;
            json.Flush();
            await body.FlushAsync(http.RequestAborted);
        }

        json.Flush();
        await body.FlushAsync(http.RequestAborted);
    }
}
