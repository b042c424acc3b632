using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Pulls;

/// <summary>Shows how far each host is with a pull task, by the host's name; by name and id where two hosts have one name.</summary>
internal sealed class PullStatus : IViewField
{
    public string Kind => "pullTask";

    public string Field => "status";

    public object? Value(ApiCall call, Entry entry)
        => ((PullTaskSeen)entry.Seen).Hosts.Items
            .GroupBy(host => host.Name, StringComparer.Ordinal)
            .SelectMany(same => same.Select((host, place) => KeyValuePair.Create(place == 0 ? host.Name : $"{host.Name} ({ResourceId.Format(Catalog.All.Of<Model.Hosts.Host>(), host.HostId)})", host.Status)))
            .ToDictionary(StringComparer.Ordinal);
}
