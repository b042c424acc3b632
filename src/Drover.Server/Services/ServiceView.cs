using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Scheduling;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>All that decides about one service, read from one snapshot.</summary>
/// <param name="Entry">The service.</param>
/// <param name="StackName">The name of its stack.</param>
/// <param name="EnvironmentUuid">The uuid of its environment.</param>
/// <param name="Units">Its containers.</param>
public sealed record ServiceView(Entry Entry, string StackName, string? EnvironmentUuid, ImmutableArray<Unit> Units)
{
    /// <summary>Global services: the hosts that may have a unit, and whether they take a new one.</summary>
    public ImmutableSortedDictionary<long, bool> GlobalHosts { get; init; } = ImmutableSortedDictionary<long, bool>.Empty;

    /// <summary>What it still has to take of public ports.</summary>
    public ServicePorts Ports { get; init; } = ServicePorts.Nothing;

    /// <summary>The service that this one moves to in a rolling upgrade; null for none, and where it is gone.</summary>
    public Entry? Replacement { get; init; }

    /// <summary>The host that a unit is made for again; null where any will do.</summary>
    public long? HostOf(Unit unit) => IsGlobal ? unit.HostId ?? unit.RequestedHostId : null;

    public Service Service => (Service)Entry.Wanted;

    public ServiceSeen Seen => (ServiceSeen)Entry.Seen;

    /// <summary>True where one unit runs on each host and the scale is ignored (SVC-29).</summary>
    public bool IsGlobal => Service.LaunchConfig?.Labels.IsTrue(ContainerLabels.Global) == true;

    /// <summary>The service as of a snapshot; null where it is gone.</summary>
    public static ServiceView? From(Snapshot view, long id)
    {
        if (view.Find<Service>(id) is not { } entry) return null;
        var service = (Service)entry.Wanted;
        var read = new ServiceView(
            entry,
            view.Get<Stack>(service.StackId)?.Name ?? "Default",
            view.Get<Project>(service.AccountId)?.Uuid,
            Unit.Of(view.By<Container>("serviceId", id), service))
        {
            Ports = service is { Running: true, RemoveRequested: false } ? ServicePorts.Of(view, service) : ServicePorts.Nothing,
            Replacement = service.Upgrade?.ToServiceStrategy?.ToServiceId is { } other ? view.Find<Service>(other) : null,
        };
        return read.IsGlobal ? read with { GlobalHosts = HostsFor(view, service) } : read;
    }

    // Global services obey hard rules about host labels alone (SCH-16).
    private static ImmutableSortedDictionary<long, bool> HostsFor(Snapshot view, Service service)
    {
        var rules = AffinityRule.OfHosts(service.LaunchConfig!.Labels);
        return view.By<Host>("accountId", service.AccountId!.Value)
            .Where(host => !host.IsRemoved && !host.Wanted.RemoveRequested)
            .Where(host => rules.All(rule => rule.Holds(((Host)host.Wanted).Labels)))
            .ToImmutableSortedDictionary(host => host.Id, host => HostOpening.WhyClosed(host) is null);
    }
}
