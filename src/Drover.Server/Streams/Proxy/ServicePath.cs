using System.Globalization;

namespace Drover.Server.Streams.Proxy;

/// <summary>An address below `/r/`: `/r/SERVICE[:PORT]/...` or `/r/projects/ID/SERVICE[:PORT]/...`, where SERVICE may be STACK.SERVICE (SVC-50).</summary>
/// <param name="Mount">What stands before the service's own path, as it was asked for.</param>
/// <param name="Project">The wire id of the environment; null where the caller's own is meant.</param>
/// <param name="Service">The name.</param>
/// <param name="Port">1 to 65535; null where none is named.</param>
/// <param name="Rest">The service's own path, as it was asked for; empty where the address ends with the service.</param>
/// <param name="Query">With its question mark; empty where there is none.</param>
public sealed record ServicePath(string Mount, string? Project, string Service, int? Port, string Rest, string Query)
{
    private const string Root = "/r/";

    /// <summary>Reads the target of a request line, not decoded, so that a service gets its paths byte by byte; null for what names no service.</summary>
    public static ServicePath? Parse(string target)
    {
        var (path, query) = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? (target[..mark], target[mark..]) : (target, "");
        if (!path.StartsWith(Root, StringComparison.OrdinalIgnoreCase)) return null;
        var parts = path.Split('/');
        if (parts.Any(part => Uri.UnescapeDataString(part) is "." or "..")) return null; // whoever reads it last decides what it means
        var at = parts.Length > 4 && parts[2].Equals("projects", StringComparison.OrdinalIgnoreCase) ? 4 : 2;
        if (NameOf(parts[at]) is not var (service, port)) return null;
        var rest = at + 1 < parts.Length ? "/" + string.Join('/', parts[(at + 1)..]) : "";
        return new ServicePath(string.Join('/', parts[..(at + 1)]), at == 4 ? Uri.UnescapeDataString(parts[3]) : null, service, port, rest, query);
    }

    private static (string Service, int? Port)? NameOf(string segment)
    {
        var parts = Uri.UnescapeDataString(segment).Split(':');
        if (parts.Length > 2 || parts[0].Length == 0 || !parts[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) return null;
        if (parts.Length == 1) return (parts[0], null);
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? (parts[0], port) : null;
    }
}
