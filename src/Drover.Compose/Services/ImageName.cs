using System.Text.RegularExpressions;

namespace Drover.Compose.Services;

/// <summary>The grammar of an image's name: <c>[registry[:port]/]path[:tag][@digest]</c>.</summary>
internal static class ImageName
{
    private const int Longest = 512;

    private static readonly Regex Grammar = new(
        @"\A([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?/)?"
        + @"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*"
        + @"(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]+)?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    public const string LegacyBalancer = "rancher/load-balancer-service";
    public const string BalancerPrefix = "rancher/lb-service";
    public const string External = "rancher/external-service";
    public const string Dns = "rancher/dns-service";

    /// <summary>A sentence about what is wrong with the name, or null.</summary>
    public static string? Check(string image)
    {
        if (image.EndsWith(':'))
            return $"'{image}' ends with ':' and has no tag";
        return image.Length <= Longest && Grammar.IsMatch(image) ? null : $"'{(image.Length <= 100 ? image : image[..97] + "...")}' is not an image's name";
    }

    /// <summary>The name without tag and digest.</summary>
    public static string Repository(string image)
    {
        var name = image.Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }
}
