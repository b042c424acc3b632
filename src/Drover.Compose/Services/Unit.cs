using Drover.Compose.Files;

namespace Drover.Compose.Services;

/// <summary>A primary service and its sidekicks, which share a host and are replaced together.</summary>
internal sealed record Unit(ServiceSource Primary, IReadOnlyList<ServiceSource> Sidekicks)
{
    public IEnumerable<ServiceSource> Members => Sidekicks.Prepend(Primary);

    /// <summary>The member of that name, compared as the API compares names, or null.</summary>
    public ServiceSource? Member(string name) => Members.FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Groups services into units by the label <c>io.rancher.sidekicks</c>.</summary>
internal static class Units
{
    public const string Label = "io.rancher.sidekicks";

    public static IReadOnlyList<Unit> Of(IReadOnlyList<ServiceSource> sources)
    {
        var byName = sources.ToDictionary(source => source.Name, StringComparer.OrdinalIgnoreCase);
        var primaryOf = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var sidekicks = new Dictionary<string, List<ServiceSource>>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in sources)
        {
            sidekicks[source.Name] = [];
            foreach (var name in Names(source))
            {
                if (Check(source, name, byName, primaryOf) is not { } sidekick)
                    continue;
                primaryOf[sidekick.Name] = source.Name;
                sidekicks[source.Name].Add(sidekick);
            }
        }

        foreach (var nested in sources.Where(source => primaryOf.ContainsKey(source.Name) && sidekicks[source.Name].Count > 0))
            nested.Refuse("labels", ComposeCodes.InvalidReference, $"is a sidekick of '{primaryOf[nested.Name]}' and cannot have sidekicks of its own");
        return [.. sources.Where(source => !primaryOf.ContainsKey(source.Name)).Select(source => new Unit(source, sidekicks[source.Name]))];
    }

    private static string[] Names(ServiceSource source) =>
        (source.Label(Label) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static ServiceSource? Check(ServiceSource source, string name, Dictionary<string, ServiceSource> byName, Dictionary<string, string> primaryOf)
    {
        if (!byName.TryGetValue(name, out var sidekick))
            source.Refuse("labels", ComposeCodes.InvalidReference, $"the sidekick '{name}' is no service of this stack");
        else if (ReferenceEquals(sidekick, source))
            source.Refuse("labels", ComposeCodes.InvalidReference, "names itself as its sidekick");
        else if (primaryOf.TryGetValue(name, out var primary))
            source.Refuse("labels", ComposeCodes.NotUnique, $"'{name}' is a sidekick of '{primary}' already");
        else if (!ServiceKinds.RunsContainers(ServiceKindOf.Read(sidekick)) || !ServiceKinds.RunsContainers(ServiceKindOf.Read(source)))
            source.Refuse("labels", ComposeCodes.InvalidReference, $"'{name}' cannot be a sidekick: an external service or alias runs no containers");
        else
            return sidekick;
        return null;
    }
}
