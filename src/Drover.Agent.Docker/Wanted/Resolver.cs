using Drover.Protocol;
using static Drover.Agent.Docker.Wanted.ContainerCreation;

namespace Drover.Agent.Docker.Wanted;

/// <summary>The name servers and search domains of a container (DNS-01, DNS-11, DNS-12).</summary>
internal sealed record Resolver(IReadOnlyList<string>? Servers, IReadOnlyList<string>? Search)
{
    /// <summary>Where the platform's DNS listens on every host.</summary>
    public const string PlatformServer = "169.254.169.250";

    /// <param name="wanted">The container.</param>
    /// <param name="place">Its network.</param>
    /// <param name="hostSearch">The host's own search domains; they stay behind the platform's.</param>
    public static Resolver Of(ContainerAssignment wanted, NetworkPlace place, IReadOnlyList<string> hostSearch)
    {
        if (place.IsShared) return new Resolver(null, null);
        var dns = wanted.Spec?.Dns ?? default;
        var search = wanted.Spec?.DnsSearch ?? default;
        if (!UsesPlatform(wanted, place)) return new Resolver(Given(dns), Given(search));

        // Both lists hold the user's own domains behind the platform's; the server may have joined them already.
        var platform = wanted.DnsSearch.Except(search).ToList();
        List<string> all = wanted.Labels.Find(ContainerLabels.DnsPriority) switch
        {
            "None" => [.. search],
            "service_last" => [.. search, .. hostSearch, .. platform],
            _ => [.. platform, .. search, .. hostSearch],
        };
        return new Resolver([PlatformServer, .. dns.Where(server => server != PlatformServer)], all.Count == 0 ? null : [.. all.Distinct()]);
    }

    private static bool UsesPlatform(ContainerAssignment wanted, NetworkPlace place) =>
        wanted.Labels.Find(ContainerLabels.Dns) switch
        {
            "true" => true,
            "false" => false,
            _ => place.IsManaged,
        };
}
