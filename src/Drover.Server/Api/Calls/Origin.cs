using System.Globalization;
using Drover.Server.Settings;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.Calls;

/// <summary>Scheme, host and port as the caller knows them, also behind a reverse proxy (api-semantics.md section 2).</summary>
public static class Origin
{
    /// <summary>The address that is set for this server (`api.host`), without a slash at its end; null where none is.</summary>
    public static string? Set(Snapshot view) => SettingsTable.Value(view, "api.host") is { Length: > 0 } host ? host.TrimEnd('/') : null;

    /// <summary>The address that others know this server by: the set one, else the one that the caller used.</summary>
    public static string Public(Snapshot view, HttpRequest request) => Set(view) ?? Of(request);

    public static string Of(HttpRequest request)
    {
        if (First(request, "X-Forwarded-Proto") is not { } scheme || scheme is not ("http" or "https"))
            return $"{request.Scheme}://{request.Host.Value}";
        var host = First(request, "X-Forwarded-Host") ?? request.Host.Value ?? "";
        var port = First(request, "X-Forwarded-Port");
        var known = !host.EndsWith(']') && host.LastIndexOf(':') > host.LastIndexOf(']');
        if (port is null or "80" or "443" || known || !int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return $"{scheme}://{host}";
        return $"{scheme}://{host}:{port}";
    }

    private static string? First(HttpRequest request, string header)
        => request.Headers.TryGetValue(header, out var values) && values.ToString().Split(',')[0].Trim() is { Length: > 0 } first ? first : null;
}
