using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Drover.Compose.Codecs;

/// <summary>One published port: <c>[ip:][public]:private[/protocol]</c>; without a public port the host chooses one.</summary>
/// <param name="Address">The host's IPv4 address, or null for all of them.</param>
/// <param name="Public">The port on the host, or null for any.</param>
/// <param name="Private">The port in the container.</param>
/// <param name="Protocol">tcp or udp.</param>
internal sealed record PortSpec(string? Address, int? Public, int Private, string Protocol)
{
    /// <summary>The most ports that one range may stand for.</summary>
    public const int MostInRange = 1000;

    /// <summary>The text that the API shows.</summary>
    public override string ToString() => (Address, Public) switch
    {
        (null, null) => $"{Private}/{Protocol}",
        (null, _) => $"{Public}:{Private}/{Protocol}",
        (_, null) => $"{Address}::{Private}/{Protocol}",
        _ => $"{Address}:{Public}:{Private}/{Protocol}",
    };

    /// <summary>The ports that the text stands for, several where it has a range, or else a sentence about what is wrong with it.</summary>
    public static (IReadOnlyList<PortSpec> Ports, string? Error) Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var protocol = slash < 0 ? "tcp" : text[(slash + 1)..].ToLowerInvariant();
        if (protocol is not ("tcp" or "udp"))
            return Wrong($"'{text}' has the protocol '{protocol}', which is neither tcp nor udp");

        var parts = (slash < 0 ? text : text[..slash]).Split(':');
        if (parts.Length > 3)
            return Wrong($"'{text}' is not [ip:][public]:private[/protocol]");
        var address = parts.Length == 3 && parts[0].Length > 0 ? parts[0] : null;
        if (address is not null && !(IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetwork && parsed.ToString() == address))
            return Wrong($"'{address}' is not an IPv4 address");
        if (Range(parts[^1]) is not { } inside)
            return Wrong($"'{parts[^1]}' is not a port from 1 to 65535 or a range of them");
        if (parts.Length == 1 || parts[^2].Length == 0)
            return Expand(address, null, inside, protocol, text);
        if (Range(parts[^2]) is not { } outside)
            return Wrong($"'{parts[^2]}' is not a port from 1 to 65535 or a range of them");
        return outside.Count == inside.Count
            ? Expand(address, outside.First, inside, protocol, text)
            : Wrong($"'{text}' has ranges of different length");
    }

    private static (IReadOnlyList<PortSpec>, string?) Expand(string? address, int? first, (int First, int Count) inside, string protocol, string text)
    {
        if (inside.Count > MostInRange)
            return Wrong($"'{text}' is a range of more than {MostInRange} ports");
        return ([.. Enumerable.Range(0, inside.Count).Select(step => new PortSpec(address, first + step, inside.First + step, protocol))], null);
    }

    private static (int First, int Count)? Range(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = Number(dash < 0 ? text : text[..dash]);
        var last = dash < 0 ? first : Number(text[(dash + 1)..]);
        return first is null || last is null || last < first ? null : (first.Value, last.Value - first.Value + 1);
    }

    private static int? Number(string text) =>
        text.Length is > 0 and <= 5 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port : null;

    private static (IReadOnlyList<PortSpec>, string?) Wrong(string error) => ([], error);
}
