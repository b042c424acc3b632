using System.Collections.Frozen;
using System.Security.Cryptography;
using Drover.Model.Kernel;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.Html;

/// <summary>Serves the script and style of the API's pages: files of this program, the same for everybody.</summary>
public static class BrowserAssets
{
    /// <summary>Where they are served.</summary>
    public const string Path = "/api-ui/";

    private static readonly FrozenDictionary<string, Asset> All = Read();

    /// <summary>Registers the path.</summary>
    public static void Register(ServerParts parts) => parts.Route(new ServerRoute(Path, RouteRule.Anyone, (http, _) => AnswerAsync(http)));

    private static async Task AnswerAsync(HttpContext http)
    {
        var asset = http.Request.Method is "GET" or "HEAD" ? All.GetValueOrDefault(http.Request.Path.Value![Path.Length..]) : null;
        if (asset is null) throw new ProblemException(Problem.NotFound());
        var headers = http.Response.Headers;
        headers.ETag = asset.Tag;
        headers.CacheControl = "no-cache";
        if (http.Request.Headers.IfNoneMatch == asset.Tag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = asset.Type;
        http.Response.ContentLength = asset.Bytes.Length;
        await http.Response.Body.WriteAsync(asset.Bytes, http.RequestAborted);
    }

    private static FrozenDictionary<string, Asset> Read()
    {
        var assembly = typeof(BrowserAssets).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith("api-ui/", StringComparison.Ordinal));
        return names.ToFrozenDictionary(name => name["api-ui/".Length..], name => Asset.Read(name, assembly.GetManifestResourceStream(name)!), StringComparer.Ordinal);
    }

    private sealed record Asset(string Type, string Tag, byte[] Bytes)
    {
        public static Asset Read(string name, Stream stream)
        {
            using (stream)
            {
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                var type = name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
                return new Asset(type, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..12])}\"", bytes);
            }
        }
    }
}
