using System.Globalization;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>Makes the containers of services. All of it runs in a write body; a unit is made whole or not at all.</summary>
public static class ServiceContainers
{
    /// <summary>Makes the launches of a plan's create; members find each other by number.</summary>
    /// <param name="tx">The write.</param>
    /// <param name="view">The service.</param>
    /// <param name="create">What to make.</param>
    /// <param name="createIndex">The create index of a new unit; a unit that is completed keeps its own.</param>
    /// <param name="newUnit">The uuid of a new unit.</param>
    public static void Create(WriteTx tx, ServiceView view, ServiceChange.Create create, long createIndex, string newUnit)
    {
        var unit = create.Unit?.Uuid ?? newUnit;
        var ids = create.Unit?.Members.ToDictionary(m => m.Key, m => m.Value.Id, StringComparer.Ordinal) ?? new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var launch in create.Launches)
        {
            var made = tx.Create(Container(view, launch, create, create.Unit?.CreateIndex ?? createIndex, unit, ids));
            ids[launch.Name] = made.Id;
        }
    }

    /// <summary>`stack-service-n`, for sidekicks `stack-service-sidekick-n` (SVC-20).</summary>
    public static string NameOf(string stack, Service service, Launch launch, long index)
        => launch.IsPrimary
            ? string.Create(CultureInfo.InvariantCulture, $"{stack}-{service.Name}-{index}")
            : string.Create(CultureInfo.InvariantCulture, $"{stack}-{service.Name}-{launch.Name}-{index}");

    private static Container Container(ServiceView view, Launch launch, ServiceChange.Create create, long createIndex, string unit, Dictionary<string, long> ids)
    {
        var service = view.Service;
        return new Container
        {
            AccountId = service.AccountId,
            Name = NameOf(view.StackName, service, launch, create.Index),
            StackId = service.StackId,
            ServiceId = service.Id,
            DeploymentUnitUuid = unit,
            LaunchConfigName = launch.Name,
            ServiceIndex = create.Index,
            CreateIndex = createIndex,
            ServiceRestartCount = service.RestartCount,
            Labels = LabelsOf(view, launch, create, unit),
            Spec = SpecOf(launch, ids),
            RequestedHostId = create.HostId ?? launch.RequestedHostId,
            StartOnCreate = launch.StartOnCreate,
            System = service.System,
            Version = launch.Version,
        };
    }

    // The record is shared by all containers of the service; only what points into the unit makes one of its own.
    private static ContainerSpec SpecOf(Launch launch, Dictionary<string, long> ids)
    {
        var spec = launch.Spec;
        if (launch.NetworkFrom is { } network && ids.TryGetValue(network, out var networkId)) spec = spec with { NetworkContainerId = networkId, NetworkMode = "container" };
        var volumes = launch.VolumesFrom.Items.Where(ids.ContainsKey).Select(name => ids[name]).ToList();
        return volumes.Count == 0 ? spec : spec with { DataVolumesFrom = spec.DataVolumesFrom.Items.Concat(volumes).Distinct().ToEquatableArray() };
    }

    private static EquatableMap<string> LabelsOf(ServiceView view, Launch launch, ServiceChange.Create create, string unit)
    {
        var name = launch.IsPrimary ? view.Service.Name! : $"{view.Service.Name}/{launch.Name}";
        var labels = launch.Labels.Items.ToDictionary(l => l.Key, l => Expanded(l.Key, l.Value, view), StringComparer.Ordinal);
        labels[ContainerLabels.StackName] = view.StackName;
        labels[ContainerLabels.ProjectName] = view.StackName;
        labels[ContainerLabels.StackServiceName] = $"{view.StackName}/{name}";
        labels[ContainerLabels.ProjectServiceName] = $"{view.StackName}/{name}";
        labels[ContainerLabels.DeploymentUnit] = unit;
        labels[ContainerLabels.LaunchConfig] = launch.Name;
        if (view.EnvironmentUuid is { } environment) labels[ContainerLabels.EnvironmentUuid] = environment;
        if (create.HostId is { } host) labels[ContainerLabels.RequestedHost] = host.ToString(CultureInfo.InvariantCulture);
        return new EquatableMap<string>(labels);
    }

    // Macros and bare service names in rules (SCH-10, SCH-11).
    private static string Expanded(string label, string value, ServiceView view)
    {
        if (!label.StartsWith("io.rancher.scheduler.affinity:", StringComparison.Ordinal)) return value;
        value = value
            .Replace("${stack_name}", view.StackName, StringComparison.Ordinal)
            .Replace("${project_name}", view.StackName, StringComparison.Ordinal)
            .Replace("${service_name}", view.Service.Name, StringComparison.Ordinal);
        const string rule = $"{ContainerLabels.StackServiceName}=";
        return string.Join(',', value.Split(',').Select(part =>
            part.Trim().StartsWith(rule, StringComparison.Ordinal) && !part.Contains('/', StringComparison.Ordinal) ? $"{rule}{view.StackName}/{part.Trim()[rule.Length..]}" : part));
    }
}
