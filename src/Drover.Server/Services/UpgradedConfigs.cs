using System.Globalization;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Containers;

namespace Drover.Server.Services;

/// <summary>The launch configs of a service after an upgrade in place: those given, those that depend on them, and the rest as they were (UPG-08). Pure.</summary>
public static class UpgradedConfigs
{
    /// <summary>What is wrong with the wish, apart from the launch configs themselves.</summary>
    public static IEnumerable<Problem> Check(Service service, InServiceUpgradeStrategy strategy)
    {
        if (strategy.LaunchConfig is null && strategy.SecondaryLaunchConfigs.Count == 0)
            yield return new Problem("InvalidOption", "inServiceStrategy", "LaunchConfig/secondaryLaunchConfigs need to be specified for inService strategy");
        if (strategy.StartFirst && service.RetainIp == true)
            yield return new Problem("InvalidOption", "startFirst", "StartFirst option can't be used for service with retainIp field set");
        if (strategy.LaunchConfig is { } next && IsGlobal(next) != (service.LaunchConfig is { } now && IsGlobal(now)))
            yield return new Problem("InvalidOption", "launchConfig", "Switching from global scale to fixed (and vice versa)");
        if (strategy.SecondaryLaunchConfigs.Items.Any(s => string.IsNullOrEmpty(s.Name)))
            yield return new Problem("MissingRequired", "name");
        foreach (var problem in UpgradePace.Check(strategy.IntervalMillis)) yield return problem;
    }

    /// <summary>The service with its new launch configs, and the upgrade that remembers the old ones.</summary>
    /// <param name="service">The service.</param>
    /// <param name="strategy">The wish, checked.</param>
    /// <param name="version">Marks all launch configs that change, and their containers.</param>
    public static Service Apply(Service service, InServiceUpgradeStrategy strategy, string version)
    {
        var given = strategy.SecondaryLaunchConfigs.Items.GroupBy(s => s.Name!, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Last(), StringComparer.OrdinalIgnoreCase);
        var touched = Touched(service, strategy, given.Keys);
        var before = service.SecondaryLaunchConfigs.Items.ToDictionary(s => s.Name!, StringComparer.OrdinalIgnoreCase);
        SecondaryLaunchConfig Next(SecondaryLaunchConfig old)
            => given.TryGetValue(old.Name!, out var next) ? Changed(next with { Name = old.Name }, old, version)
                : touched.Contains(old.Name!) ? old with { Version = version } : old;
        var sidekicks = service.SecondaryLaunchConfigs.Items.Select(Next)
            .Concat(given.Values.Where(s => !before.ContainsKey(s.Name!)).Select(s => Changed(s, null, version)))
            .Where(s => s.Spec.ImageUuid is not Launch.NoImage || service.SelectorContainer is not null)
            .ToEquatableArray();
        var primary = strategy.LaunchConfig is { } wanted ? Changed(wanted, service.LaunchConfig, version)
            : touched.Contains(service.Name!) ? service.LaunchConfig! with { Version = version } : service.LaunchConfig;
        return service with
        {
            LaunchConfig = primary,
            SecondaryLaunchConfigs = sidekicks,
            Upgrade = new ServiceUpgrade
            {
                InServiceStrategy = strategy with
                {
                    LaunchConfig = primary,
                    SecondaryLaunchConfigs = sidekicks,
                    PreviousLaunchConfig = service.LaunchConfig,
                    PreviousSecondaryLaunchConfigs = service.SecondaryLaunchConfigs,
                },
            },
        };
    }

    /// <summary>The service with the launch configs from before its last upgrade in place (UPG-07).</summary>
    public static Service Restored(Service service)
        => service.Upgrade?.InServiceStrategy is { PreviousLaunchConfig: { } primary } strategy
            ? service with { LaunchConfig = primary, SecondaryLaunchConfigs = strategy.PreviousSecondaryLaunchConfigs }
            : service;

    // Those given and those that share volumes or the network of one of them, over any number of steps.
    private static HashSet<string> Touched(Service service, InServiceUpgradeStrategy strategy, IEnumerable<string> given)
    {
        var touched = new HashSet<string>(given, StringComparer.OrdinalIgnoreCase);
        if (strategy.LaunchConfig is not null) touched.Add(service.Name!);
        var configs = service.SecondaryLaunchConfigs.Items.Select(s => (s.Name!, Config: (LaunchConfig)s)).ToList();
        if (service.LaunchConfig is { } primary) configs.Add((service.Name!, primary));
        while (configs.Find(c => !touched.Contains(c.Item1) && Needs(c.Config).Any(touched.Contains)) is { Item1: { } next }) touched.Add(next);
        return touched;
    }

    private static IEnumerable<string> Needs(LaunchConfig config)
        => config.NetworkLaunchConfig is { } network ? config.DataVolumesFromLaunchConfigs.Items.Append(network) : config.DataVolumesFromLaunchConfigs.Items;

    private static T Changed<T>(T next, LaunchConfig? old, string version)
        where T : LaunchConfig
    {
        var spec = SpecRules.Normal(next.Spec);
        return next with { Version = version, Spec = old is null ? spec : spec with { Ports = spec.Ports.Items.Select(port => KeptPort(port, old)).ToEquatableArray() } };
    }

    // A port without a number on the host keeps the one it had (UPG-09).
    private static string KeptPort(string text, LaunchConfig old)
        => PublishedPort.Parse(text) is { Public: null } port
            && old.Spec.Ports.Items.Select(PublishedPort.Parse).FirstOrDefault(p => p is { Public: not null } && p.Private == port.Private && p.Protocol == port.Protocol) is { } kept
            ? string.Create(CultureInfo.InvariantCulture, $"{(kept.Address is { } address ? address + ":" : "")}{kept.Public}:{port.Private}/{port.Protocol}")
            : text;

    private static bool IsGlobal(LaunchConfig config) => config.Labels.IsTrue(ContainerLabels.Global);
}
