using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Images;
using Drover.Model.Kernel;
using Drover.Model.Networks;
using Drover.Model.Services;
using Drover.Model.Volumes;
using Drover.Server.Api.Queries;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Containers;

/// <summary>The rows that follow from containers, hosts and services (design: what 1.6 kept beside an object is a view of it).</summary>
internal static class ContainerRows
{
    /// <summary>Labels that one object may have; 1.6's limit on a launch config is far below.</summary>
    private const int PerObject = 1000;

    /// <summary>The pieces of all these kinds.</summary>
    public static IEnumerable<IKindPiece> All =>
    [
        new DerivedRows<Container>("image", "instanceId", (_, container) => [new Image { Name = container.Spec.ImageUuid }], perParent: 1),
        new DerivedRows<Container>("ipAddress", "instanceId", IpAddresses, perParent: 1),
        new DerivedRows<Container>("serviceExposeMap", "instanceId", ExposeMaps, perParent: 1),
        new DerivedRows<Container>("instanceHostMap", "instanceId", HostMaps, perParent: 1),
        new DerivedRows<Container>("instanceLink", "instanceId", Links),
        new DerivedRows<Container>("mount", "instanceId", MountsOf),
        new DerivedRows<Container>("instanceLabelMap", "instanceId", (_, container) => LabelNumbers(container.Labels, container.Id, 0).Select(label => new InstanceLabelMap { InstanceId = container.Id, LabelId = label })),
        new DerivedRows<Host>("hostLabelMap", "hostId", (_, host) => LabelNumbers(host.Labels, host.Id, 1).Select(label => new HostLabelMap { HostId = host.Id, LabelId = label })),
        new DerivedRows<Service>("serviceConsumeMap", "serviceId", (_, service) => service.Links.Items.Select(link => new ServiceConsumeMap { Name = link.Key, ServiceId = service.Id, ConsumedServiceId = link.Value })),
        new LabelRows(),
    ];

    private static IEnumerable<Resource> IpAddresses(Snapshot view, Container container)
        => container.PrimaryIpAddress is { } address ? [new IpAddress { Address = address, NetworkId = container.PrimaryNetworkId }] : [];

    private static IEnumerable<Resource> ExposeMaps(Snapshot view, Container container)
        => container.ServiceId is { } service
            ? [new ServiceExposeMap { DnsPrefix = container.LaunchConfigName, InstanceId = container.Id, IpAddress = container.PrimaryIpAddress, ServiceId = service }]
            : [];

    private static IEnumerable<Resource> HostMaps(Snapshot view, Container container)
        => container.HostId is { } host ? [new InstanceHostMap { HostId = host, InstanceId = container.Id }] : [];

    private static IEnumerable<Resource> Links(Snapshot view, Container container)
        => container.InstanceLinks.Items.Select(link => new InstanceLink { InstanceId = container.Id, LinkName = link.Key, TargetInstanceId = link.Value });

    private static IEnumerable<Resource> MountsOf(Snapshot view, Container container)
        => Mounts.Of(view, container).Select(mount => new Mount { InstanceId = container.Id, Path = mount.Path, Permissions = mount.Permission, VolumeId = mount.VolumeId });

    /// <summary>The numbers of an object's labels: those of containers and of hosts take turns.</summary>
    private static IEnumerable<long> LabelNumbers(EquatableMap<string> labels, long parent, int turn)
        => Enumerable.Range(1, Math.Min(labels.Items.Count, PerObject - 1)).Select(place => (((parent * PerObject) + place) * 2) + turn);

    /// <summary>The labels of containers and hosts as rows.</summary>
    private sealed class LabelRows : IViewKind
    {
        private static readonly Kind Shown = Catalog.All.Of<Label>();

        public string Kind => "label";

        public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
            => All<Container>(snapshot, accountId).SelectMany(Of).Concat(All<Host>(snapshot, accountId).SelectMany(Of)).OrderBy(row => row.Id);

        public Entry? Find(Snapshot snapshot, long id)
            => (id % 2 == 0 ? snapshot.Find<Container>(id / 2 / PerObject) : snapshot.Find<Host>(id / 2 / PerObject)) is { } parent ? Of(parent).FirstOrDefault(row => row.Id == id) : null;

        private static IEnumerable<Entry> All<T>(Snapshot snapshot, long? accountId)
            where T : Resource
            => accountId is { } account ? snapshot.By<T>("accountId", account) : snapshot.All<T>();

        private static IEnumerable<Entry> Of(Entry parent)
        {
            var (labels, turn) = parent.Wanted is Container container ? (container.Labels, 0) : (((Host)parent.Wanted).Labels, 1);
            return labels.Items.Zip(LabelNumbers(labels, parent.Id, turn), (label, number) => new Entry(
                Shown,
                new Label { Id = number, AccountId = parent.Wanted.AccountId, Created = parent.Wanted.Created, Key = label.Key, Value = label.Value },
                new PlainSeen { State = "created", Removed = parent.Seen.Removed },
                parent.WantedRevision,
                parent.SeenRevision));
        }
    }
}
