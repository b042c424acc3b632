namespace Drover.Scheduling.Filters;

/// <summary>Only the host where its volumes or the rest of its unit are (VOL-13, SCH-14).</summary>
internal sealed class BoundHostFilter : IPlacementFilter
{
    public bool Applies(PlacementRequest request) => request.BoundHostId is not null;

    public bool Check(HostLoad host, PlacementRequest request) => host.Id == request.BoundHostId;

    public string Explain(HostLoad host, PlacementRequest request) => $"is not where it must run: {request.BoundBy}";
}
