using Drover.Compose.Codecs;
using Drover.Compose.Files;
using Drover.Compose.Yaml;

namespace Drover.Compose.Services;

/// <summary>Which API type a service becomes, looked at in 1.6's order: external, load balancer, alias, network driver, storage driver, service.</summary>
internal static class ServiceKindOf
{
    public static string Read(ServiceSource source)
    {
        var image = ImageName.Repository(source.Text("image") ?? "");
        if (source.Find("external_ips") is not null || source.InRancher("hostname") is not null || image == ImageName.External)
            return ServiceKinds.External;
        if (image == ImageName.LegacyBalancer || image.StartsWith(ImageName.BalancerPrefix, StringComparison.Ordinal) || HasSourcePort(source))
            return ServiceKinds.LoadBalancer;
        if (image == ImageName.Dns)
            return ServiceKinds.Dns;
        if (source.Find("network_driver") is not null)
            return ServiceKinds.NetworkDriver;
        return source.Find("storage_driver") is not null ? ServiceKinds.StorageDriver : ServiceKinds.Service;
    }

    private static bool HasSourcePort(ServiceSource source) =>
        source.Find("lb_config") is { Node: YamlMap config }
        && config.Find("port_rules") is YamlList rules
        && rules.Items.OfType<YamlMap>().Any(rule => rule.Find("source_port") is not null);

    /// <summary>Refuses a <c>type</c> that is none of the above.</summary>
    public static void CheckType(ServiceSource source)
    {
        if (source.Find("type") is { } type)
            _ = type.Read(new OptionCodec("service", "container", "virtualMachine", ServiceKinds.LoadBalancer, ServiceKinds.External, ServiceKinds.Dns, ServiceKinds.NetworkDriver, ServiceKinds.StorageDriver));
    }
}
