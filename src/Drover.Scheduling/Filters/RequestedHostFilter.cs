namespace Drover.Scheduling.Filters;

/// <summary>Only the host asked for (SCH-04).</summary>
internal sealed class RequestedHostFilter : IPlacementFilter
{
    public bool Applies(PlacementRequest request) => request.RequestedHostId is not null;

    public bool Check(HostLoad host, PlacementRequest request) => host.Id == request.RequestedHostId;

    public string Explain(HostLoad host, PlacementRequest request) => "is not the host asked for";
}
