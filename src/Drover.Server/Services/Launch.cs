using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Containers;

namespace Drover.Server.Services;

/// <summary>One container of every deployment unit of a service: the primary or a sidekick.</summary>
/// <param name="Name">"io.rancher.service.primary.launch.config", or the sidekick's name.</param>
/// <param name="Spec">How it is run.</param>
public sealed record Launch(string Name, ContainerSpec Spec)
{
    /// <summary>The image that stands for no container at all (SVC-16).</summary>
    public const string NoImage = "docker:rancher/none";

    public EquatableMap<string> Labels { get; init; }

    /// <summary>Launch configs of the unit whose volumes it shares.</summary>
    public EquatableArray<string> VolumesFrom { get; init; }

    /// <summary>The launch config of the unit whose network it shares; null for its own.</summary>
    public string? NetworkFrom { get; init; }

    public long? RequestedHostId { get; init; }

    public bool StartOnCreate { get; init; } = true;

    public string? Version { get; init; }

    public bool IsPrimary => Name == ContainerLabels.PrimaryLaunchConfig;

    /// <summary>True where an end is normal and no new start follows (CTR-32).</summary>
    public bool StartsOnce => Labels.IsTrue(ContainerLabels.StartOnce);

    /// <summary>The launch configs of the unit that must be there before it.</summary>
    public IEnumerable<string> Needs => NetworkFrom is { } network ? VolumesFrom.Items.Append(network) : VolumesFrom.Items;

    /// <summary>The containers of one unit of a service, each after those it needs; none for services without containers.</summary>
    public static ImmutableArray<Launch> Of(Service service)
    {
        if (service.LaunchConfig is not { } primary || primary.Spec.ImageUuid is null or NoImage) return [];
        var names = service.SecondaryLaunchConfigs.Items.Select(s => s.Name!).Append(service.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string Canonical(string name) => name.Equals(service.Name, StringComparison.OrdinalIgnoreCase) ? ContainerLabels.PrimaryLaunchConfig : name;
        Launch[] all =
        [
            new Launch(ContainerLabels.PrimaryLaunchConfig, WithPorts(primary.Spec, ContainerLabels.PrimaryLaunchConfig, service))
            {
                Labels = primary.Labels,
                VolumesFrom = primary.DataVolumesFromLaunchConfigs.Items.Where(names.Contains).Select(Canonical).ToEquatableArray(),
                NetworkFrom = primary.NetworkLaunchConfig is { } network && names.Contains(network) ? Canonical(network) : null,
                RequestedHostId = primary.RequestedHostId,
                StartOnCreate = primary.StartOnCreate,
                Version = primary.Version,
            },
            .. service.SecondaryLaunchConfigs.Items.Where(s => s.Spec.ImageUuid is not (null or NoImage)).Select(sidekick => new Launch(sidekick.Name!, WithPorts(sidekick.Spec, sidekick.Name!, service))
            {
                Labels = sidekick.Labels,
                VolumesFrom = sidekick.DataVolumesFromLaunchConfigs.Items.Where(names.Contains).Select(Canonical).ToEquatableArray(),
                NetworkFrom = sidekick.NetworkLaunchConfig is { } network && names.Contains(network) ? Canonical(network) : null,
                RequestedHostId = sidekick.RequestedHostId,
                StartOnCreate = sidekick.StartOnCreate,
                Version = sidekick.Version,
            }),
        ];
        return InOrder(all);
    }

    /// <summary>True for a container that was made from the service's launch config of its name as it stands now (UPG-08).</summary>
    public static bool IsCurrent(Service service, Container container)
    {
        var config = container.LaunchConfigName is null or ContainerLabels.PrimaryLaunchConfig
            ? service.LaunchConfig
            : service.SecondaryLaunchConfigs.Items.FirstOrDefault(s => s.Name == container.LaunchConfigName);
        return config is not null && SameVersion(config.Version, container.Version);
    }

    /// <summary>Launch configs and containers that no upgrade has touched have no version, or "0".</summary>
    public static bool SameVersion(string? one, string? other) => (one ?? "0") == (other ?? "0");

    /// <summary>The launches that need one of these, directly or over others.</summary>
    public static HashSet<string> Dependents(ImmutableArray<Launch> launches, IEnumerable<string> names)
    {
        var found = names.ToHashSet(StringComparer.Ordinal);
        while (launches.FirstOrDefault(l => !found.Contains(l.Name) && l.Needs.Any(found.Contains)) is { } next) found.Add(next.Name);
        return found;
    }

    /// <summary>The spec itself where no port is left open.</summary>
    private static ContainerSpec WithPorts(ContainerSpec spec, string launch, Service service)
        => ServicePorts.Filled(spec.Ports, launch, service.PublicPorts) is var ports && ports == spec.Ports ? spec : spec with { Ports = ports };

    private static ImmutableArray<Launch> InOrder(Launch[] all)
    {
        var ordered = ImmutableArray.CreateBuilder<Launch>(all.Length);
        var left = all.ToList();
        while (left.Count > 0)
        {
            // A circle is refused when the service is written; should one be there all the same, it is cut, not followed for ever.
            var next = left.Find(l => !l.Needs.Any(need => left.Exists(other => other.Name == need && other != l))) ?? left[0];
            left.Remove(next);
            ordered.Add(next);
        }

        return ordered.ToImmutable();
    }
}
