using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Drover.Model.Kernel;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Agents;

/// <summary>`/v1/agent/download/`: the agent's image and program, with their checksums, for hosts that reach nothing but this server.</summary>
/// <param name="folder">The folder of the files; it need not be there.</param>
public sealed class AgentDownloads(string folder)
{
    /// <summary>Where the files are below the server's address.</summary>
    public const string Path = "/v1/agent/download/";

    /// <summary>The agent's image, as `docker load` takes it.</summary>
    public const string ImageFile = "drover-agent.tar.gz";

    private const string SumsFile = "SHA256SUMS";

    private readonly Lock _reading = new();
    private ImmutableDictionary<string, Download> _known = ImmutableDictionary.Create<string, Download>(StringComparer.Ordinal);

    /// <summary>Registers the routes; nothing secret is handed out, so anybody may ask.</summary>
    public void Register(ServerParts parts) => parts.Route(new ServerRoute(Path, RouteRule.Anyone, (http, _) => AnswerAsync(http)));

    /// <summary>The checksum of a file, 64 hex digits; null where the server has no such file.</summary>
    public string? ChecksumOf(string name) => Files().GetValueOrDefault(name)?.Sha256;

    private async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Method is not ("GET" or "HEAD")) throw new ProblemException(Problem.NotAllowed());
        var name = http.Request.Path.Value![Path.Length..];
        var files = Files();
        switch (name)
        {
            case "":
                http.Response.ContentType = "application/json; charset=utf-8";
                await JsonSerializer.SerializeAsync(http.Response.Body, files.Values.OrderBy(file => file.Name, StringComparer.Ordinal), ModelJson.Options, http.RequestAborted);
                return;
            case SumsFile:
                http.Response.ContentType = "text/plain; charset=utf-8";
                await http.Response.WriteAsync(string.Concat(files.Values.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Sha256}  {file.Name}\n")), http.RequestAborted);
                return;
        }

        if (!files.TryGetValue(name, out var file)) throw new ProblemException(Problem.NotFound());
        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = file.Size;
        http.Response.Headers.ETag = $"\"{file.Sha256}\"";
        if (http.Request.Method == "GET") await http.Response.SendFileAsync(System.IO.Path.Combine(folder, name), http.RequestAborted);
    }

    /// <summary>What lies in the folder itself; a checksum is computed once for each version of a file.</summary>
    private ImmutableDictionary<string, Download> Files()
    {
        var there = Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles() : [];
        var known = _known;
        if (there.Length == known.Count && there.All(file => known.TryGetValue(file.Name, out var same) && same.Changed == Changed(file))) return known;
        lock (_reading)
        {
            return _known = there.ToImmutableDictionary(
                file => file.Name,
                file => _known.TryGetValue(file.Name, out var same) && same.Changed == Changed(file) ? same : Read(file),
                StringComparer.Ordinal);
        }
    }

    private static Download Read(FileInfo file)
    {
        var changed = Changed(file);
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new Download(file.Name, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)), changed);
    }

    // The program may be a link to the one that runs: what it leads to counts.
    private static DateTime Changed(FileInfo file) => File.GetLastWriteTimeUtc(file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName);

    private sealed record Download(string Name, long Size, string Sha256, [property: System.Text.Json.Serialization.JsonIgnore] DateTime Changed);
}
