using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Scheduling;

/// <summary>One host as the scheduler sees it: what it is and what its containers take. Immutable; every change is a new one.</summary>
/// <param name="Id">The host's number.</param>
/// <param name="Name">The name for explanations.</param>
public sealed record HostLoad(long Id, string Name)
{
    /// <summary>Why nothing new may be placed here, such as "is inactive"; null where it may.</summary>
    public string? Closed { get; init; }

    public EquatableMap<string> Labels { get; init; }

    /// <summary>Bytes that may be reserved; null for no limit.</summary>
    public long? Memory { get; init; }

    /// <summary>Thousandths of processors that may be reserved; null for no limit.</summary>
    public long? MilliCpu { get; init; }

    public ImmutableDictionary<long, ContainerUse> Containers { get; init; } = ImmutableDictionary<long, ContainerUse>.Empty;

    public long MemoryTaken { get; init; }

    public long MilliCpuTaken { get; init; }

    /// <summary>Taken ports: the claims by port number and protocol.</summary>
    public ImmutableDictionary<(int Port, string Protocol), ImmutableArray<PortClaim>> Ports { get; init; }
        = ImmutableDictionary<(int, string), ImmutableArray<PortClaim>>.Empty;

    /// <summary>How many of its containers carry a label, by lower-cased key and value.</summary>
    public ImmutableDictionary<(string Key, string Value), int> ContainerLabels { get; init; }
        = ImmutableDictionary<(string, string), int>.Empty;

    /// <summary>The host with one container more; a container that is there already is replaced.</summary>
    public HostLoad With(ContainerUse use)
    {
        var without = Without(use.Id);
        return without with
        {
            Containers = without.Containers.Add(use.Id, use),
            MemoryTaken = without.MemoryTaken + use.Memory,
            MilliCpuTaken = without.MilliCpuTaken + use.MilliCpu,
            Ports = use.Ports.Aggregate(without.Ports, (ports, claim) => ports.SetItem(KeyOf(claim), Claims(ports, claim).Add(claim))),
            ContainerLabels = Pairs(use).Aggregate(without.ContainerLabels, (labels, pair) => labels.SetItem(pair, labels.GetValueOrDefault(pair) + 1)),
        };
    }

    /// <summary>The host with one container less.</summary>
    public HostLoad Without(long containerId)
    {
        if (!Containers.TryGetValue(containerId, out var use)) return this;
        return this with
        {
            Containers = Containers.Remove(containerId),
            MemoryTaken = MemoryTaken - use.Memory,
            MilliCpuTaken = MilliCpuTaken - use.MilliCpu,
            Ports = use.Ports.Aggregate(Ports, WithoutClaim),
            ContainerLabels = Pairs(use).Aggregate(ContainerLabels, WithoutLabel),
        };
    }

    /// <summary>The claim that stands in the way of a port; null where it is free.</summary>
    public PortClaim? TakenBy(PortClaim wanted)
    {
        foreach (var claim in Claims(Ports, wanted))
            if (claim.ConflictsWith(wanted))
                return claim;
        return null;
    }

    /// <summary>True where a container here carries the label, letter case aside.</summary>
    public bool HasContainerLabel(string key, string value) => ContainerLabels.ContainsKey((key.ToLowerInvariant(), value.ToLowerInvariant()));

    private static IEnumerable<(string, string)> Pairs(ContainerUse use)
        => use.Labels.Items.Select(label => (label.Key.ToLowerInvariant(), label.Value.ToLowerInvariant())).Distinct();

    private static (int, string) KeyOf(PortClaim claim) => (claim.Port, claim.Protocol);

    private static ImmutableArray<PortClaim> Claims(ImmutableDictionary<(int, string), ImmutableArray<PortClaim>> ports, PortClaim claim)
        => ports.TryGetValue(KeyOf(claim), out var claims) ? claims : [];

    private static ImmutableDictionary<(int, string), ImmutableArray<PortClaim>> WithoutClaim(ImmutableDictionary<(int, string), ImmutableArray<PortClaim>> ports, PortClaim claim)
    {
        var left = Claims(ports, claim).Remove(claim);
        return left.Length == 0 ? ports.Remove(KeyOf(claim)) : ports.SetItem(KeyOf(claim), left);
    }

    private static ImmutableDictionary<(string, string), int> WithoutLabel(ImmutableDictionary<(string, string), int> labels, (string, string) pair)
        => labels[pair] == 1 ? labels.Remove(pair) : labels.SetItem(pair, labels[pair] - 1);
}
