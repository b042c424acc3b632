using Drover.Compose.Codecs;
using Drover.Compose.Files;

namespace Drover.Compose.Services;

/// <summary>Reads <c>links</c> (<c>service[:alias]</c>) and <c>external_links</c> (<c>stack/service[:alias]</c>).</summary>
internal static class ServiceLinks
{
    private const int LongestAlias = 255;

    /// <summary>The links of one service in the order of the file, each with the key and place it came from.</summary>
    public static IEnumerable<(ServiceLink Link, Found At)> Of(ServiceSource source)
    {
        foreach (var key in new[] { "links", "external_links" })
        {
            if (source.Find(key) is not { } found)
                continue;
            foreach (var item in found.Read(Codec.TextList)?.AsArray() ?? [])
            {
                var (link, error) = Parse(item!.ToString(), key == "external_links");
                if (link is null)
                    found.Spot.Refuse(found.Node, ComposeCodes.InvalidFormat, error ?? "");
                else
                    yield return (link, found);
            }
        }
    }

    /// <summary>The text that <see cref="Of"/> reads back into the link.</summary>
    public static string Write(ServiceLink link)
    {
        var target = link.Stack is null ? link.Service : $"{link.Stack}/{link.Service}";
        return link.Alias == link.Service ? target : $"{target}:{link.Alias}";
    }

    private static (ServiceLink? Link, string? Error) Parse(string text, bool external)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var target = colon < 0 ? text : text[..colon];
        var slash = target.IndexOf('/', StringComparison.Ordinal);
        var service = target[(slash + 1)..];
        var stack = slash < 0 ? null : target[..slash];
        var alias = colon < 0 ? service : text[(colon + 1)..];
        if (external && stack is null)
            return (null, $"'{text}' is not stack/service[:alias]");
        if (!IsName(service) || (stack is not null && !IsName(stack)) || !IsName(alias))
            return (null, $"'{text}' is not [stack/]service[:alias]");
        return (new ServiceLink(stack, service, alias), null);
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestAlias && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
