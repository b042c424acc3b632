using System.Globalization;
using System.Net;
using System.Text;

namespace Drover.DataPlane.Metadata;

/// <summary>An HTTP answer before it is put on the wire.</summary>
/// <param name="IsOurs">True where our routes answered: any origin may read it.</param>
public sealed record MetadataResponse(int Status, string Body, bool IsOurs = true)
{
    /// <summary>Status line, headers and body; the body is left out of answers to HEAD.</summary>
    public byte[] ToBytes(DateTimeOffset now, bool isHead, bool keepsAlive)
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var reason = Status switch { 200 => "OK", 400 => "Bad Request", _ => "Not Found" };
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} {reason}\r\n");
        if (IsOurs) head.Append("Access-Control-Allow-Origin: *\r\n");
        if (Status != 200) head.Append("Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Date: {now:R}\r\nContent-Length: {body.Length}\r\n");
        if (Status == 200 && body.Length > 0) head.Append("Content-Type: text/plain; charset=utf-8\r\n");
        if (!keepsAlive) head.Append("Connection: close\r\n");
        head.Append("\r\n");
        return isHead ? Encoding.ASCII.GetBytes(head.ToString()) : [.. Encoding.ASCII.GetBytes(head.ToString()), .. body];
    }
}

/// <summary>Wait until the value at the path is another than this one.</summary>
public sealed record MetadataWait(string OldValue, TimeSpan Longest);

/// <summary>Answers requests as rancher-metadata did (clients.md section 5). Reads no clock and no network.</summary>
public static class MetadataAnswers
{
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    /// <summary>What the request waits for (META-07); null where it is answered at once.</summary>
    public static MetadataWait? WaitOf(MetadataRequest request)
    {
        if (!IsRead(request) || request.Parameter("wait") != "true" || request.Parameter("value") is not { } old || request.Path.Count(c => c == '/') < 2) return null;
        var seconds = int.TryParse(request.Parameter("maxWait"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var asked) ? asked : 0;
        var longest = seconds == 0 ? UsualWait : TimeSpan.FromSeconds(Math.Max(seconds, 0));
        return new MetadataWait(old, longest < LongestWait ? longest : LongestWait);
    }

    /// <summary>True where the value is there and not the old one any more; also where no waiting would ever end it.</summary>
    public static bool IsOver(MetadataRequest request, MetadataWait wait, EnvironmentState state, IPAddress source)
    {
        if (request.Segments is not { Count: > 0 } segments || VersionOf(segments[0]) is not { } version) return true;
        var found = MetadataTree.Find(MetadataTree.Root(state, version, source), [.. segments.Skip(1)]);
        return found is not null && MetadataFormat.Comparable(found) != wait.OldValue;
    }

    /// <summary>The answer as things are now.</summary>
    public static MetadataResponse Answer(MetadataRequest request, EnvironmentState state, IPAddress source)
    {
        if (!IsRead(request) || request.Path == "/favicon.ico") return new MetadataResponse(404, "404 page not found\n", IsOurs: false);
        var form = AcceptHeader.Choose(request.Accept);
        if (request.Segments is not { } segments) return Failure(400, "invalid URL escape", form);
        if (segments.Count == 0) return Success(MetadataNode.MapOf(MetadataTree.Versions.Select(v => KeyValuePair.Create(v.Name, $"/{v.Name}"))), form);
        if (VersionOf(segments[0]) is not { } version) return Failure(404, "Invalid version", form);
        return MetadataTree.Find(MetadataTree.Root(state, version, source), [.. segments.Skip(1)]) is { } found
            ? Success(found, form)
            : Failure(404, "Not found", form);
    }

    private static bool IsRead(MetadataRequest request) => request.Method is "GET" or "HEAD";

    private static MetadataVersion? VersionOf(string name)
    {
        foreach (var (known, version) in MetadataTree.Versions)
            if (known == name)
                return version;
        return null;
    }

    private static MetadataResponse Success(MetadataNode node, MetadataForm form) => new(200, MetadataFormat.Write(node, form));

    private static MetadataResponse Failure(int status, string message, MetadataForm form)
    {
        if (form == MetadataForm.Text) return new MetadataResponse(status, message + "\n");
        var error = new MetadataMap([
            new("code", () => MetadataNode.Of((long?)status)),
            new("message", () => MetadataNode.Of(message)),
            new("type", () => MetadataNode.Of("error")),
        ]);
        return new MetadataResponse(status, MetadataFormat.Write(error, form) + "\n");
    }
}
