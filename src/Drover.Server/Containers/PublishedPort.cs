using System.Collections.Immutable;
using System.Globalization;
using Drover.Model.Containers;
using Drover.Scheduling;

namespace Drover.Server.Containers;

/// <summary>One entry of `ports`: `[ip:][public:]private[/protocol]`.</summary>
/// <param name="Address">The host's address; null for all of them.</param>
/// <param name="Public">The port on the host; null where the engine chooses one.</param>
/// <param name="Private">The port in the container.</param>
/// <param name="Protocol">"tcp" or "udp".</param>
public sealed record PublishedPort(string? Address, int? Public, int Private, string Protocol)
{
    /// <summary>Reads an entry; null where it is malformed.</summary>
    public static PublishedPort? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var protocol = slash < 0 ? "tcp" : text[(slash + 1)..].ToLowerInvariant();
        var parts = (slash < 0 ? text : text[..slash]).Split(':');
        if (parts.Length > 3 || Number(parts[^1]) is not { } inside) return null;
        var outside = parts.Length > 1 && parts[^2].Length > 0 ? Number(parts[^2]) : null;
        if (parts.Length > 1 && parts[^2].Length > 0 && outside is null) return null;
        return new PublishedPort(parts.Length == 3 && parts[0].Length > 0 ? parts[0] : null, outside, inside, protocol);
    }

    /// <summary>The ports that a container takes on its host, malformed entries passed over.</summary>
    public static ImmutableArray<PortClaim> ClaimsOf(ContainerSpec spec)
        => spec.NetworkMode is "host" or "none" or "container" ? []
            : [.. spec.Ports.Items.Select(Parse).OfType<PublishedPort>().Where(p => p.Public is not null)
                .Select(p => new PortClaim(p.Address ?? PortClaim.AnyAddress, p.Public!.Value, p.Protocol))];

    private static int? Number(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : null;
}
