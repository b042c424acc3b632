using System.Globalization;
using System.Net;

namespace Drover.Agent.Docker.Wanted;

/// <summary>A published port, read from <c>[address:][public:]private[/protocol]</c> (NET-20).</summary>
/// <param name="Container">The engine's key, such as <c>80/tcp</c>.</param>
/// <param name="Binding">Where it appears on the host; without a port the engine picks one.</param>
internal sealed record PortNotation(string Container, PortBinding Binding)
{
    /// <summary>Reads one entry; throws invalid with the entry in its message.</summary>
    public static PortNotation Parse(string text)
    {
        var (rest, protocol) = text.Split('/') switch
        {
            [var only] => (only, "tcp"),
            [var before, var given] => (before, given.ToLowerInvariant()),
            _ => throw Wrong(text),
        };
        if (protocol is not ("tcp" or "udp" or "sctp")) throw Wrong(text);

        // The address may be IPv6 and hold colons itself, so the numbers are taken from the end.
        var colon = rest.LastIndexOf(':');
        var inside = Number(rest[(colon + 1)..], text, optional: false);
        if (colon < 0) return new PortNotation($"{inside}/{protocol}", new PortBinding { HostPort = "" });
        var front = rest[..colon];
        var second = front.LastIndexOf(':');
        var outside = Number(front[(second + 1)..], text, optional: second >= 0);
        var address = second < 0 ? null : Address(front[..second], text);
        return new PortNotation($"{inside}/{protocol}", new PortBinding { HostIp = address, HostPort = outside });
    }

    /// <summary>The engine's key of an exposed port, <c>8080</c> or <c>8080/udp</c>.</summary>
    public static string Exposed(string text) => Parse(text) is { Binding: { HostIp: null, HostPort: "" } } port ? port.Container : throw Wrong(text);

    private static string Number(string digits, string text, bool optional)
    {
        if (optional && digits.Length == 0) return "";
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw Wrong(text);
    }

    private static string Address(string address, string text)
    {
        var bare = address is ['[', .., ']'] ? address[1..^1] : address;
        // Short forms such as 1.2.3 are addresses to .NET but not to the engine.
        return IPAddress.TryParse(bare, out var parsed) && (bare.Contains(':') || parsed.ToString() == bare) ? bare : throw Wrong(text);
    }

    private static RuntimeException Wrong(string text) =>
        new(RuntimeFailure.Invalid, $"\"{text}\" is not a port: [address:][public:]private[/protocol]");
}
