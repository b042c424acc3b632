namespace Drover.Scheduling.Filters;

/// <summary>Only hosts where the ports are free (SCH-03).</summary>
internal sealed class PortFilter : IPlacementFilter
{
    public bool Applies(PlacementRequest request) => !request.Forced && request.Members.Any(m => m.Ports.Count > 0);

    public bool Check(HostLoad host, PlacementRequest request) => Taken(host, request) is null;

    public string Explain(HostLoad host, PlacementRequest request) => $"has port {Taken(host, request)} taken";

    private static PortClaim? Taken(HostLoad host, PlacementRequest request)
    {
        foreach (var member in request.Members)
            foreach (var port in member.Ports)
                if (host.TakenBy(port) is not null)
                    return port;
        return null;
    }
}
