using Drover.Model.Containers;
using Drover.Model.Kernel;

namespace Drover.Server.Containers;

/// <summary>What holds for containers and launch configs alike: an image, ports in the known form.</summary>
public static class SpecRules
{
    private const string Prefix = "docker:";

    /// <summary>The spec with its image's name in the API's form, `docker:name[:tag]`.</summary>
    public static ContainerSpec Normal(ContainerSpec spec)
        => spec.ImageUuid is { Length: > 0 } image && !image.StartsWith(Prefix, StringComparison.Ordinal) && !image.StartsWith("sim:", StringComparison.Ordinal)
            ? spec with { ImageUuid = Prefix + image }
            : spec;

    public static IEnumerable<Problem> Check(ContainerSpec spec)
    {
        if (string.IsNullOrEmpty(spec.ImageUuid)) yield return new Problem("MissingRequired", "imageUuid");
        foreach (var port in spec.Ports)
            if (CheckPort(port) is { } problem)
                yield return problem;
    }

    private static Problem? CheckPort(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && text[(slash + 1)..].ToLowerInvariant() is not ("tcp" or "udp")) return Wrong("PortInvalidProtocol", text);
        var parts = (slash < 0 ? text : text[..slash]).Split(':');
        if (parts.Length > 3 || parts.Any(p => p.Any(char.IsControl)) || text.Length > 64) return Wrong("PortWrongFormat", text);
        if (!IsPort(parts[^1])) return Wrong("PortInvalidPrivatePort", text);
        if (parts.Length > 1 && parts[^2].Length > 0 && !IsPort(parts[^2])) return Wrong("PortInvalidPublicPort", text);
        return parts.Length == 3 && !System.Net.IPAddress.TryParse(parts[0], out _) ? Wrong("PortWrongFormat", text) : null;
    }

    private static bool IsPort(string text) => PublishedPort.Parse(text) is not null && !text.Contains('/', StringComparison.Ordinal);

    private static Problem Wrong(string code, string text) => new(code, "ports", $"'{text}' is not [ip:][public:]private[/protocol]");
}
