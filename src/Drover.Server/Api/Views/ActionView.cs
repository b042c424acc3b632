using Drover.Model.Kernel;

namespace Drover.Server.Api.Views;

/// <summary>An action as one role sees it.</summary>
/// <param name="Name">Lower-case name.</param>
/// <param name="Input">Type of the body; null where it is not looked at.</param>
/// <param name="Output">Type of the answer.</param>
/// <param name="States">The states that offer it; null where every state does.</param>
/// <param name="IsProcess">True where the life cycle declares it.</param>
public sealed record ActionView(string Name, string? Input, string? Output, IReadOnlyCollection<string>? States, bool IsProcess)
{
    /// <summary>The actions of a kind that a role may ask for.</summary>
    public static IEnumerable<ActionView> Of(Kind kind, Roles role)
    {
        var declared = kind.Actions.ToDictionary(a => a.Name, StringComparer.Ordinal);
        if (kind.Lifecycle is { } cycle)
        {
            foreach (var transition in cycle.Transitions)
            {
                declared.Remove(transition.Action, out var own);
                if (own is null ? (role & (Roles.Everyone & ~Roles.Readers)) != 0 : (own.Roles & role) != 0)
                    yield return new ActionView(transition.Action, own?.Input, own?.Output ?? kind.Family, own?.States, IsProcess: true);
            }
        }

        foreach (var own in declared.Values)
            if ((own.Roles & role) != 0)
                yield return new ActionView(own.Name, own.Input, own.Output, own.States, IsProcess: false);
    }

    /// <summary>True where the object offers it now.</summary>
    public bool IsOffered(Entry entry)
        => (!IsProcess || entry.Kind.Lifecycle!.Ask(Name, entry.State) is not null)
            && (States is null || (entry.State is { } state && States.Contains(state)));
}
