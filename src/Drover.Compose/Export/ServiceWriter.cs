using System.Text.Json.Nodes;
using Drover.Compose.Balancers;
using Drover.Compose.Codecs;
using Drover.Compose.Services;
using Drover.Compose.Yaml;

namespace Drover.Compose.Export;

/// <summary>Writes one service and its sidekicks into the services of both files.</summary>
internal sealed class ServiceWriter
{
    private const string HashKey = "io.rancher.service.hash";

    private readonly List<YamlEntry> _docker = [];
    private readonly List<YamlEntry> _rancher = [];
    private readonly SortedSet<string> _secrets = new(StringComparer.Ordinal);

    public YamlMap Docker => new(Place.None, [.. _docker]);
    public YamlMap Rancher => new(Place.None, [.. _rancher]);

    /// <summary>The names of all secrets that the services written so far mount.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets;

    public void Write(ComposedService service)
    {
        var body = WithNames(service);
        var (docker, rancher) = (new SectionBuilder(), new SectionBuilder());
        var launchConfig = body["launchConfig"] as JsonObject ?? [];
        if (ServiceKinds.RunsContainers(service.Kind))
            Containers(body, launchConfig, docker, rancher);
        else
            Plain(service.Kind, launchConfig, docker);

        docker.Add("links", service.Links.Where(link => link.Stack is null).Select(ServiceLinks.Write));
        docker.Add("external_links", service.Links.Where(link => link.Stack is not null).Select(ServiceLinks.Write));
        docker.Add("depends_on", service.DependsOn);
        Fields(service, body, rancher);
        Put(service.Name, docker, rancher);
        foreach (var sidekick in Sidekicks(body))
            Sidekick(sidekick);
    }

    /// <summary>The body with names where ids stand.</summary>
    private static JsonObject WithNames(ComposedService service)
    {
        var body = (JsonObject)service.Body.DeepClone();
        foreach (var reference in service.References)
            reference.Put(body, reference.Stack is null ? reference.Name : $"{reference.Stack}/{reference.Name}");
        return body;
    }

    private void Containers(JsonObject body, JsonObject launchConfig, SectionBuilder docker, SectionBuilder rancher)
    {
        var labels = launchConfig["labels"] as JsonObject ?? [];
        launchConfig["labels"] = labels;
        var sidekicks = Sidekicks(body).Select(sidekick => sidekick["name"]!.ToString()).ToList();
        if (sidekicks.Count > 0 && !Names(labels[Units.Label]).SetEquals(sidekicks))
            labels[Units.Label] = string.Join(',', sidekicks);
        foreach (var (label, field) in ServiceReader.Selectors)
            labels[label] ??= body[field]?.DeepClone();
        foreach (var empty in labels.Where(label => label.Value is null).Select(label => label.Key).ToList())
            labels.Remove(empty);
        LaunchConfigWriter.Write(launchConfig, docker, rancher);
        _secrets.UnionWith(LaunchConfigWriter.SecretsOf(launchConfig));
    }

    private static void Plain(string kind, JsonObject launchConfig, SectionBuilder docker)
    {
        docker.Add("image", kind == ServiceKinds.External ? ImageName.External : ImageName.Dns);
        docker.Add("labels", Codec.TextMap, LaunchConfigWriter.Labels(launchConfig));
    }

    private static void Fields(ComposedService service, JsonObject body, SectionBuilder rancher)
    {
        (body["metadata"] as JsonObject)?.Remove(HashKey);
        if (body["metadata"] is JsonObject { Count: 0 })
            body.Remove("metadata");
        if (!ServiceKinds.RunsContainers(service.Kind))
            body.Remove("scale");
        rancher.Add(ServiceKeys.Fields, body);
        if (service.Kind == ServiceKinds.External)
        {
            rancher.Add("external_ips", Codec.TextList, body["externalIpAddresses"]);
            rancher.Add("hostname", Codec.Text, body["hostname"]);
            rancher.Add("health_check", LaunchKeys.HealthCheck, body["healthCheck"]);
        }

        rancher.Add("lb_config", service.Kind == ServiceKinds.LoadBalancer ? BalancerKeys.Balancer : BalancerKeys.Target, body["lbConfig"]);
        rancher.Add("network_driver", ServiceKeys.NetworkDriver, body["networkDriver"]);
        rancher.Add("storage_driver", ServiceKeys.StorageDriver, body["storageDriver"]);
        rancher.Add("upgrade_strategy", ServiceKeys.UpgradeStrategy, service.UpgradeStrategy);
    }

    private void Sidekick(JsonObject config)
    {
        var (docker, rancher) = (new SectionBuilder(), new SectionBuilder());
        LaunchConfigWriter.Write(config, docker, rancher);
        _secrets.UnionWith(LaunchConfigWriter.SecretsOf(config));
        Put(config["name"]!.ToString(), docker, rancher);
    }

    private void Put(string name, SectionBuilder docker, SectionBuilder rancher)
    {
        _docker.Add(new YamlEntry(name, Place.None, docker.Map));
        if (!rancher.IsEmpty)
            _rancher.Add(new YamlEntry(name, Place.None, rancher.Map));
    }

    private static IEnumerable<JsonObject> Sidekicks(JsonObject body) =>
        (body["secondaryLaunchConfigs"] as JsonArray ?? []).OfType<JsonObject>().Where(config => config["name"]?.ToString() is { Length: > 0 });

    private static HashSet<string> Names(JsonNode? label) =>
        [.. (label?.ToString() ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
