namespace Drover.Scheduling.Filters;

/// <summary>Not the hosts that could not run it a moment ago.</summary>
internal sealed class RejectedFilter : IPlacementFilter
{
    public bool Applies(PlacementRequest request) => request.RejectedHostIds.Length > 0;

    public bool Check(HostLoad host, PlacementRequest request) => !request.RejectedHostIds.Contains(host.Id);

    public string Explain(HostLoad host, PlacementRequest request) => "could not run it a moment ago";
}
