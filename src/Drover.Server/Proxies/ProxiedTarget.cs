using Drover.Model.Kernel;

namespace Drover.Server.Proxies;

/// <summary>Reads what stands behind `/proxy/`: a host and path, with or without a scheme.</summary>
public static class ProxiedTarget
{
    /// <summary>Throws 400 for what is no address of a web server.</summary>
    /// <param name="rest">Not decoded; clients and proxies make one slash of two.</param>
    /// <param name="query">With its question mark, or empty.</param>
    public static Uri Parse(string rest, string query)
    {
        var scheme = "https";
        foreach (var known in (string[])["http", "https"])
            if (rest.StartsWith(known + ":/", StringComparison.OrdinalIgnoreCase))
            {
                scheme = known;
                rest = rest[(known.Length + 1)..].TrimStart('/');
                break;
            }

        var authority = rest.Split('/', 2)[0];
        if (authority.Length == rest.Length) rest += "/";
        var raw = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        if (authority.Length == 0 || authority.EndsWith(':') || !Uri.TryCreate($"{scheme}://{rest}{query}", raw, out var target) || target.Host.Length == 0 || target.UserInfo.Length > 0 || target.Port is < 1 or > ushort.MaxValue)
            throw new ProblemException(new Problem("InvalidRedirect", Message: "The redirect is invalid/empty", Status: 400));
        return target;
    }
}
