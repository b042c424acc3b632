namespace Drover.Scheduling.Filters;

/// <summary>Only hosts that take new containers (SCH-02).</summary>
internal sealed class OpenFilter : IPlacementFilter
{
    public bool Applies(PlacementRequest request) => true;

    public bool Check(HostLoad host, PlacementRequest request) => host.Closed is null;

    public string Explain(HostLoad host, PlacementRequest request) => host.Closed!;
}
