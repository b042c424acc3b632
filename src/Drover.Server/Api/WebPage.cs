using Drover.Model.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Drover.Server.Api;

/// <summary>Serves the web page: files of its folder, and index.html for every path of its own router.</summary>
/// <param name="folder">Where it was built to.</param>
/// <param name="mustSetUp">True for browsers that have to bring the setup secret first.</param>
public sealed class WebPage(string folder, Func<HttpRequest, bool> mustSetUp)
{
    private const string Policy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'self'; object-src 'none'";

    private readonly FileExtensionContentTypeProvider _types = new();
    private readonly PhysicalFileProvider? _files = Directory.Exists(folder) ? new PhysicalFileProvider(folder) : null;

    public async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Method is not ("GET" or "HEAD")) throw new ProblemException(Problem.NotFound());
        var path = http.Request.Path.Value ?? "/";
        var file = path == "/" ? null : Find(path);
        var isPage = file is null;
        if (isPage && Path.HasExtension(path)) throw new ProblemException(Problem.NotFound());
        if (isPage && mustSetUp(http.Request))
        {
            http.Response.Redirect("/setup");
            return;
        }

        file ??= Find("/index.html") ?? throw new ProblemException(Problem.NotFound());
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = path.StartsWith("/assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        http.Response.ContentType = _types.TryGetContentType(file.Name, out var type) ? type : "application/octet-stream";
        http.Response.ContentLength = file.Length;
        if (http.Request.Method == "GET") await http.Response.SendFileAsync(file, http.RequestAborted);
    }

    private IFileInfo? Find(string path) => _files?.GetFileInfo(path) is { Exists: true, IsDirectory: false } file ? file : null;
}
