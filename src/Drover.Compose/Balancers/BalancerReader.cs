using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;

namespace Drover.Compose.Balancers;

/// <summary>Makes the <c>lbConfig</c> of a load balancer, from <c>lb_config</c> or from what 1.0 and 1.1 wrote instead.</summary>
internal static class BalancerReader
{
    /// <summary>The load balancer's rules; the ports of an old one are put into <paramref name="launchConfig"/> as well.</summary>
    public static JsonObject Read(ServiceSource source, JsonObject launchConfig)
    {
        var config = source.Find("lb_config")?.Read(BalancerKeys.Balancer) as JsonObject ?? [];
        if (config["portRules"] is JsonArray rules)
            CheckRules(source, rules);
        else if (LegacyBalancer.Is(source))
            LegacyBalancer.Read(source, config, launchConfig);
        if (source.Find("certs")?.Read(Codec.TextList) is { } certificates)
            config["certificateIds"] ??= certificates;
        if (source.Find("default_cert")?.Read(Codec.Text) is { } certificate)
            config["defaultCertificateId"] ??= certificate;
        return config;
    }

    private static void CheckRules(ServiceSource source, JsonArray rules)
    {
        for (var index = 0; index < rules.Count; index++)
        {
            var rule = rules[index]!;
            var (target, selector) = (rule["serviceId"], rule["selector"]);
            if (target is null && selector is null)
                source.Refuse("lb_config", ComposeCodes.MissingRequired, $"port rule {index + 1} needs a service or a selector");
            if (target is not null && selector is not null)
                source.Refuse("lb_config", ComposeCodes.InvalidOption, $"port rule {index + 1} has a service and a selector; it needs one of them");
            if (target is not null && rule["targetPort"] is null)
                source.Refuse("lb_config", ComposeCodes.MissingRequired, $"port rule {index + 1} needs a target_port beside its service");
        }
    }
}
