using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>The links of services as rows, under numbers that follow from the service's.</summary>
public sealed class ServiceConsumeMapRows : IViewKind
{
    /// <summary>Rows that one service may have; its number times this, plus the place among its aliases, is the row's number.</summary>
    public const int PerService = 1000;

    private static readonly Kind Shown = Catalog.All.Of<ServiceConsumeMap>();

    public string Kind => "serviceConsumeMap";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
        => (accountId is { } account ? snapshot.By<Service>("accountId", account) : snapshot.All<Service>()).SelectMany(Of);

    public Entry? Find(Snapshot snapshot, long id)
        => snapshot.Find<Service>(id / PerService) is { } service ? Of(service).FirstOrDefault(row => row.Id == id) : null;

    private static IEnumerable<Entry> Of(Entry entry)
    {
        var service = (Service)entry.Wanted;
        var place = 0;
        foreach (var (alias, target) in service.Links.Items.Take(PerService - 1))
        {
            var row = new ServiceConsumeMap
            {
                Id = (service.Id * PerService) + ++place,
                AccountId = service.AccountId,
                Created = service.Created,
                Name = alias,
                ServiceId = service.Id,
                ConsumedServiceId = target,
            };
            yield return new Entry(Shown, row, new PlainSeen { State = "active", Removed = entry.Seen.Removed }, entry.WantedRevision, entry.SeenRevision);
        }
    }
}

/// <summary>Which container belongs to which service, as rows under the container's number.</summary>
public sealed class ServiceExposeMapRows : IViewKind
{
    private static readonly Kind Shown = Catalog.All.Of<ServiceExposeMap>();

    public string Kind => "serviceExposeMap";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
        => (accountId is { } account ? snapshot.By<Container>("accountId", account) : snapshot.All<Container>()).Select(Of).OfType<Entry>();

    public Entry? Find(Snapshot snapshot, long id) => snapshot.Find<Container>(id) is { } container ? Of(container) : null;

    private static Entry? Of(Entry entry)
    {
        var container = (Container)entry.Wanted;
        if (container.ServiceId is null) return null;
        var row = new ServiceExposeMap
        {
            Id = container.Id,
            AccountId = container.AccountId,
            Created = container.Created,
            DnsPrefix = container.LaunchConfigName,
            InstanceId = container.Id,
            IpAddress = container.PrimaryIpAddress,
            ServiceId = container.ServiceId,
        };
        return new Entry(Shown, row, new PlainSeen { State = "active", Removed = entry.Seen.Removed }, entry.WantedRevision, entry.SeenRevision);
    }
}
