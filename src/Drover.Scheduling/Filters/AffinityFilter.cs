namespace Drover.Scheduling.Filters;

/// <summary>Only hosts that obey the rules about labels and names (SCH-05 to SCH-10).</summary>
internal sealed class AffinityFilter : IPlacementFilter
{
    public bool Applies(PlacementRequest request) => !request.Forced && request.Rules.Length > 0;

    public bool Check(HostLoad host, PlacementRequest request) => Broken(host, request) is null;

    public string Explain(HostLoad host, PlacementRequest request) => $"breaks the rule: {Broken(host, request)}";

    private static AffinityRule? Broken(HostLoad host, PlacementRequest request)
    {
        foreach (var rule in request.Rules)
            if (!rule.Holds(host))
                return rule;
        return null;
    }
}
