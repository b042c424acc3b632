using System.Text.Json.Nodes;
using Drover.Compose.Balancers;
using Drover.Compose.Codecs;
using Drover.Compose.Files;

namespace Drover.Compose.Services;

/// <summary>Makes one API service of a unit.</summary>
internal sealed class ServiceReader(StackParts parts)
{
    /// <summary>Labels that say the same as a field of the service.</summary>
    public static readonly IReadOnlyList<(string Label, string Field)> Selectors =
    [
        ("io.rancher.service.selector.link", "selectorLink"),
        ("io.rancher.service.selector.container", "selectorContainer"),
    ];

    private readonly LaunchConfigReader _launchConfigs = new(parts);

    public ComposedService Read(Unit unit)
    {
        var source = unit.Primary;
        var kind = ServiceKindOf.Read(source);
        ServiceKindOf.CheckType(source);
        var body = new JsonObject { ["name"] = source.Name };
        foreach (var key in ServiceKeys.Fields)
            Put(body, key.Wire, source.Find(key.Name)?.Read(key));
        Scale(source, kind, body);
        foreach (var (label, field) in Selectors)
            Put(body, field, source.Label(label));
        if (body["metadata"] is not null and not JsonObject)
            source.Refuse("metadata", ComposeCodes.InvalidType, "needs a map");

        if (kind == ServiceKinds.External)
            External(source, body);
        else if (kind == ServiceKinds.Dns)
            LabelsOnly(source, body);
        else
            Containers(unit, kind, body);
        return new ComposedService(kind, source.Name, body, Links(unit, kind), ComposeReference.In(body), DependsOn(unit), Strategy(source));
    }

    private static void Scale(ServiceSource source, string kind, JsonObject body)
    {
        if (!ServiceKinds.RunsContainers(kind))
        {
            body.Remove("scale");
            body.Remove("scalePolicy");
            return;
        }

        body["scale"] ??= 1L;
        var late = new JsonObject();
        foreach (var (key, wire) in new[] { ("scale_min", "min"), ("scale_max", "max"), ("scale_increment", "increment") })
            Put(late, wire, source.Find(key)?.Read(Codec.Between(1, int.MaxValue)));
        if (late.Count > 0)
            body["scalePolicy"] ??= late;
        if (IntegerCodec.NumberOf(body["scalePolicy"]?["min"]) > (IntegerCodec.NumberOf(body["scalePolicy"]?["max"]) ?? long.MaxValue))
            source.Refuse(source.Find("scale_policy") is null ? "scale_min" : "scale_policy", ComposeCodes.MinLimitExceeded, "min is larger than max");
    }

    private static void External(ServiceSource source, JsonObject body)
    {
        Put(body, "externalIpAddresses", source.Find("external_ips")?.Read(Codec.TextList));
        Put(body, "hostname", source.Find("hostname")?.Read(Codec.Text));
        Put(body, "healthCheck", source.Find("health_check")?.Read(LaunchKeys.HealthCheck));
        if (body["externalIpAddresses"] is null == body["hostname"] is null)
            source.Refuse("external_ips", ComposeCodes.InvalidOption, "an external service needs either external_ips or a hostname");
        LabelsOnly(source, body);
    }

    private static void LabelsOnly(ServiceSource source, JsonObject body)
    {
        if (source.Labels.Count > 0)
            body["launchConfig"] = new JsonObject { ["labels"] = source.Labels.DeepClone() };
    }

    private void Containers(Unit unit, string kind, JsonObject body)
    {
        var source = unit.Primary;
        var launchConfig = _launchConfigs.Read(source, unit);
        body["launchConfig"] = launchConfig;
        if (unit.Sidekicks.Count > 0)
            body["secondaryLaunchConfigs"] = new JsonArray([.. unit.Sidekicks.Select(sidekick => Secondary(sidekick, unit))]);
        UnitChecks.Check(unit, body);
        if (kind == ServiceKinds.LoadBalancer)
            body["lbConfig"] = BalancerReader.Read(source, launchConfig);
        else
            Put(body, "lbConfig", source.Find("lb_config")?.Read(BalancerKeys.Target));
        if (kind == ServiceKinds.NetworkDriver)
            Put(body, "networkDriver", source.Find("network_driver")?.Read(ServiceKeys.NetworkDriver));
        if (kind == ServiceKinds.StorageDriver)
            Put(body, "storageDriver", source.Find("storage_driver")?.Read(ServiceKeys.StorageDriver));
    }

    private JsonObject Secondary(ServiceSource sidekick, Unit unit)
    {
        var config = _launchConfigs.Read(sidekick, unit);
        config.Insert(0, "name", JsonValue.Create(sidekick.Name));
        return config;
    }

    /// <summary>Links belong to services, so those of sidekicks are the primary's; a link within the unit says nothing, as its members share a host and names.</summary>
    private static IReadOnlyList<ServiceLink> Links(Unit unit, string kind)
    {
        if (kind == ServiceKinds.LoadBalancer && LegacyBalancer.Is(unit.Primary))
            return [];
        var byAlias = new OrderedDictionary<string, ServiceLink>(StringComparer.OrdinalIgnoreCase);
        foreach (var (link, at) in unit.Members.SelectMany(ServiceLinks.Of))
        {
            if (link.Stack is null && unit.Member(link.Service) is not null)
                at.Spot.Warn(at.Node, ComposeCodes.IgnoredKey, $"the link to '{link.Service}' has no effect: it is in the same unit");
            else if (!byAlias.TryAdd(link.Alias, link) && byAlias[link.Alias] != link)
                at.Spot.Refuse(at.Node, ComposeCodes.NotUnique, $"two links have the name '{link.Alias}'");
        }

        return [.. byAlias.Values];
    }

    private static List<string> DependsOn(Unit unit) =>
        [.. unit.Members.SelectMany(Dependencies.Of).Where(name => unit.Member(name) is null).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static JsonObject? Strategy(ServiceSource source) => source.Find("upgrade_strategy")?.Read(ServiceKeys.UpgradeStrategy) as JsonObject;

    private static void Put(JsonObject body, string wire, JsonNode? value)
    {
        if (value is not null)
            body[wire] = value;
    }
}
