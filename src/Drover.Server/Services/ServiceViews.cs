using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>`instanceIds` of a service.</summary>
internal sealed class ServiceInstanceIds : IViewField
{
    public string Kind => "service";

    public string Field => "instanceIds";

    public object? Value(ApiCall call, Entry entry)
        => call.Snapshot.By<Container>("serviceId", entry.Id).Where(c => !c.IsRemoved).Select(c => c.Id).ToEquatableArray();
}

/// <summary>`linkedServices` of a service, by alias.</summary>
internal sealed class ServiceLinkedServices : IViewField
{
    public string Kind => "service";

    public string Field => "linkedServices";

    public object? Value(ApiCall call, Entry entry) => entry.Wanted is Service { Links.Count: > 0 } service ? service.Links : null;
}

/// <summary>`publicEndpoints` of a service: where its ports can be reached (SVC-45).</summary>
internal sealed class ServicePublicEndpoints : IViewField
{
    public string Kind => "service";

    public string Field => "publicEndpoints";

    public object? Value(ApiCall call, Entry entry)
        => Endpoints.Of(call.Snapshot, call.Snapshot.By<Container>("serviceId", entry.Id)).ToEquatableArray() is { Count: > 0 } all ? all : null;
}

/// <summary>`publicEndpoints` of a host.</summary>
internal sealed class HostPublicEndpoints : IViewField
{
    public string Kind => "host";

    public string Field => "publicEndpoints";

    public object? Value(ApiCall call, Entry entry)
        => Endpoints.Of(call.Snapshot, call.Snapshot.By<Container>("hostId", entry.Id)).ToEquatableArray() is { Count: > 0 } all ? all : null;
}

/// <summary>`instanceIds` of a host.</summary>
internal sealed class HostInstanceIds : IViewField
{
    public string Kind => "host";

    public string Field => "instanceIds";

    public object? Value(ApiCall call, Entry entry)
        => call.Snapshot.By<Container>("hostId", entry.Id).Where(c => !c.IsRemoved).Select(c => c.Id).ToEquatableArray();
}

/// <summary>Published ports of running containers.</summary>
internal static class Endpoints
{
    public static IEnumerable<PublicEndpoint> Of(Snapshot view, IEnumerable<Entry> containers)
    {
        foreach (var entry in containers)
        {
            if (entry is not { State: "running", Wanted: Container { HostId: { } hostId } container } || view.Find<Host>(hostId) is not { Seen: HostSeen host }) continue;
            foreach (var port in PublishedPort.ClaimsOf(container.Spec))
            {
                yield return new PublicEndpoint
                {
                    HostId = hostId,
                    InstanceId = container.Id,
                    IpAddress = port.Address == Scheduling.PortClaim.AnyAddress ? host.AgentIpAddress : port.Address,
                    Port = port.Port,
                    ServiceId = container.ServiceId,
                };
            }
        }
    }
}
