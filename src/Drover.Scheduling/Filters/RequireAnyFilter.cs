namespace Drover.Scheduling.Filters;

/// <summary>A host may take only containers that carry one of its labels of `io.rancher.scheduler.require_any` (HOST-12, SCH-23).</summary>
internal sealed class RequireAnyFilter : IPlacementFilter
{
    private const string Label = "io.rancher.scheduler.require_any";

    public bool Applies(PlacementRequest request) => !request.Forced;

    public bool Check(HostLoad host, PlacementRequest request)
        => host.Labels.Find(Label) is not { Length: > 0 } list
            || Split(list).Any(wanted => request.Members.All(member => Carries(member, wanted)));

    public string Explain(HostLoad host, PlacementRequest request) => $"takes only containers with one of the labels {host.Labels.Find(Label)}";

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool Carries(ContainerUse member, string wanted)
    {
        var equals = wanted.IndexOf('=', StringComparison.Ordinal);
        var key = equals < 0 ? wanted : wanted[..equals];
        var value = equals < 0 ? "" : wanted[(equals + 1)..];
        return member.Labels.Items.Any(l => l.Key.Equals(key, StringComparison.OrdinalIgnoreCase) && (value.Length == 0 || l.Value.Equals(value, StringComparison.OrdinalIgnoreCase)));
    }
}
