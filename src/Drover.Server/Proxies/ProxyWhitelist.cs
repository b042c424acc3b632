namespace Drover.Server.Proxies;

/// <summary>The setting `api.proxy.whitelist`: names of hosts, where `*.` stands for one or more whole labels; a port stands with a name or is the scheme's own.</summary>
public static class ProxyWhitelist
{
    public const string Setting = "api.proxy.whitelist";

    /// <summary>True where the setting lets a target be called.</summary>
    /// <param name="setting">Entries with commas between.</param>
    /// <param name="target">An absolute address.</param>
    public static bool Allows(string? setting, Uri target)
    {
        var host = target.IdnHost.TrimEnd('.');
        return (setting ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split(':', 2))
            .Any(entry => (entry.Length == 1 ? target.IsDefaultPort : entry[1] == target.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)) && Matches(entry[0], host));
    }

    private static bool Matches(string pattern, string host)
        => pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase) && host.Length >= pattern.Length && Uri.CheckHostName(host) == UriHostNameType.Dns
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
