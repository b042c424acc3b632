using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Model.Networks;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Store;

namespace Drover.Server.Projections;

/// <summary>The view of one environment, kept up to date by what changed, for as long as one of its hosts listens. Not thread-safe.</summary>
internal sealed class EnvironmentFollower(long environmentId)
{
    private readonly HashSet<Touched> _pending = [];
    private readonly References _containerLinks = new();
    private readonly References _serviceLinks = new();
    private readonly HashSet<(Subject, string)> _changed = [];

    /// <summary>The newest view.</summary>
    public EnvironmentView View { get; private set; } = EnvironmentView.Empty;

    /// <summary>Begins with all there is.</summary>
    public void Begin(Snapshot snapshot)
    {
        _pending.Clear();
        View = EnvironmentProjection.Of(snapshot, environmentId);
        foreach (var container in snapshot.By<Container>("accountId", environmentId)) _containerLinks.Set(container.Id, TargetsOf((Container)container.Wanted));
        foreach (var service in snapshot.By<Service>("accountId", environmentId)) _serviceLinks.Set(service.Id, [.. ((Service)service.Wanted).Links.Values.Distinct()]);
    }

    /// <summary>Remembers that something may look different now.</summary>
    public void Mark(Touched touched) => _pending.Add(touched);

    /// <summary>Looks at everything marked; returns what is different, by key.</summary>
    public IReadOnlyCollection<(Subject Subject, string Uuid)> Refresh(Snapshot snapshot)
    {
        _changed.Clear();
        while (_pending.Count > 0)
        {
            var work = _pending.ToList();
            _pending.Clear();
            foreach (var touched in work)
            {
                Look(snapshot, touched);
                if (touched.IsKnownElsewhere) MarkOthers(snapshot, touched);
            }
        }

        return _changed;
    }

    private void Look(Snapshot snapshot, Touched touched)
    {
        switch (touched.Subject)
        {
            case Subject.Environment:
                var project = snapshot.Get<Project>(environmentId);
                if (View.Name == (project?.Name ?? "") && View.Uuid == (project?.Uuid ?? "")) break;
                View = View with { Name = project?.Name ?? "", Uuid = project?.Uuid ?? "" };
                _changed.Add((Subject.Environment, ""));
                break;
            case Subject.Stack:
                View = View with { Stacks = Set(View.Stacks, touched, snapshot.Find<Stack>(touched.Id) is { } stack ? EnvironmentProjection.Stack(stack) : null) };
                break;
            case Subject.Host:
                View = View with { Hosts = Set(View.Hosts, touched, snapshot.Find<Host>(touched.Id) is { } host ? EnvironmentProjection.Host(host) : null) };
                break;
            case Subject.Network:
                View = View with { Networks = Set(View.Networks, touched, snapshot.Find<Network>(touched.Id) is { } network ? EnvironmentProjection.Network(snapshot, network) : null) };
                break;
            case Subject.Container:
                var container = snapshot.Find<Container>(touched.Id);
                _containerLinks.Set(touched.Id, container is null ? [] : TargetsOf((Container)container.Wanted));
                View = View with { Containers = Set(View.Containers, touched, container is null ? null : EnvironmentProjection.Container(snapshot, container)) };
                break;
            case Subject.Service:
                LookAtService(snapshot, touched);
                break;
        }
    }

    private void LookAtService(Snapshot snapshot, Touched touched)
    {
        var entry = snapshot.Find<Service>(touched.Id);
        _serviceLinks.Set(touched.Id, entry is null ? [] : [.. ((Service)entry.Wanted).Links.Values.Distinct()]);
        var now = entry is null ? [] : EnvironmentProjection.Services(snapshot, entry).ToDictionary(s => s.Uuid, StringComparer.Ordinal);
        var before = View.Services.Find(touched.Uuid)?.Sidekicks.Items.Select(name => ServiceView.SidekickUuid(touched.Uuid, name)) ?? [];
        var services = View.Services;
        foreach (var uuid in before.Append(touched.Uuid).Concat(now.Keys).Distinct().ToList())
            services = Set(services, touched with { Uuid = uuid }, now.GetValueOrDefault(uuid));
        View = View with { Services = services };
    }

    private EquatableMap<T> Set<T>(EquatableMap<T> map, Touched touched, T? now)
        where T : class
    {
        if (Equals(map.Find(touched.Uuid), now)) return map;
        _changed.Add((touched.Subject, touched.Uuid));
        return now is null ? map.Without(touched.Uuid) : map.With(touched.Uuid, now);
    }

    private void MarkOthers(Snapshot snapshot, Touched touched)
    {
        switch (touched.Subject)
        {
            case Subject.Container:
                Mark(_containerLinks.To(touched.Id).Select(id => snapshot.Find<Container>(id)));
                break;
            case Subject.Service:
                Mark(_serviceLinks.To(touched.Id).Select(id => snapshot.Find<Service>(id)));
                Mark(snapshot.By<Container>("serviceId", touched.Id));
                break;
            case Subject.Stack:
                Mark(snapshot.By<Service>("stackId", touched.Id));
                Mark(snapshot.By<Container>("stackId", touched.Id));
                break;
            case Subject.Host:
                Mark(snapshot.By<Container>("hostId", touched.Id));
                break;
            case Subject.Network:
                Mark(snapshot.By<Container>("accountId", environmentId));
                break;
            case Subject.Environment:
                Mark(snapshot.By<Network>("accountId", environmentId));
                break;
        }
    }

    private void Mark(IEnumerable<Entry?> entries)
    {
        foreach (var entry in entries)
            if (entry is not null && Touched.By(new Change(entry, entry)) is var (_, touched))
                _pending.Add(touched);
    }

    private static long[] TargetsOf(Container container)
        => [.. container.InstanceLinks.Values.Concat(container.Spec.NetworkContainerId is { } network ? [network] : []).Distinct()];
}
