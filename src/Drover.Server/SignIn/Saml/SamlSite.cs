using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Store;

namespace Drover.Server.SignIn.Saml;

/// <summary>
/// This server's names in SAML. They come from `api.host` alone and never from a request: who sends a request chooses its headers, and an answer
/// that was made for another site would fit once the request names that site.
/// </summary>
/// <param name="Root">The address that all know.</param>
public sealed record SamlSite(string Root)
{
    public const string Paths = "/v1-auth/saml/";

    public string Entity => Root + Paths + "metadata";

    public string Consumer => Root + Paths + "acs";

    public string SignOut => Root + Paths + "slo";

    /// <summary>Throws 400 where `api.host` is not set.</summary>
    public static SamlSite Of(Snapshot view)
        => Origin.Set(view) is { } root ? new SamlSite(root) : throw new ProblemException(new Problem("InvalidSamlConfig", Message: "Set api.host to the address that people and the identity provider know this server by", Status: 400));

    /// <summary>True for an address under which browsers may know this server besides the one that all know.</summary>
    public static bool IsAllowed(string? whitelist, string site)
        => Uri.TryCreate(site, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && (whitelist ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Any(known => known.TrimEnd('/').Equals(site, StringComparison.OrdinalIgnoreCase));
}
