namespace Drover.Scheduling.Filters;

/// <summary>One reason why a host may not take a request.</summary>
public interface IPlacementFilter
{
    /// <summary>True where the request needs to be looked at by this filter.</summary>
    bool Applies(PlacementRequest request);

    /// <summary>True where the host may take the request.</summary>
    bool Check(HostLoad host, PlacementRequest request);

    /// <summary>Why this host may not, to follow the host's name: "has port 80/tcp taken".</summary>
    string Explain(HostLoad host, PlacementRequest request);
}
