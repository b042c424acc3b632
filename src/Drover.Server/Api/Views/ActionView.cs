using System.Text.Json;
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
    internal JsonEncodedText Key { get; } = JsonEncodedText.Encode(Name);

    /// <summary>True where the role sees it in the schema and may never ask for it: readers, but for actions declared for them.</summary>
    public bool IsClosed { get; private init; }

    /// <summary>True where types that extend the kind show it to the superadmin alone.</summary>
    public bool IsAlone { get; private init; }

    /// <summary>True where it is Drover's own and no part of the contract.</summary>
    public bool IsOwn { get; private init; }

    /// <summary>The actions of a kind that a role may ask for.</summary>
    public static IEnumerable<ActionView> Of(Kind kind, Roles role)
    {
        var declared = kind.Actions.ToDictionary(a => a.Name, StringComparer.Ordinal);
        if (kind.Lifecycle is { } cycle)
        {
            foreach (var transition in cycle.Transitions)
            {
                declared.Remove(transition.Action, out var own);
                if (((own?.Roles ?? kind.Declared.ActionRoles) & role) != 0)
                    yield return new ActionView(transition.Action, own?.Input, OutputOf(own?.Output, kind), own?.States, IsProcess: true) { IsClosed = Closed(own), IsAlone = own?.Alone == true };
            }
        }

        foreach (var own in declared.Values)
            if ((own.Roles & role) != 0)
                yield return new ActionView(own.Name, own.Input, OutputOf(own.Output, kind), own.States, IsProcess: false) { IsClosed = Closed(own), IsAlone = own.Alone, IsOwn = own.IsOwn };

        bool Closed(ActionAttribute? action) => (role & Roles.Readers) != 0 && action?.Roles.HasFlag(Roles.ReadOnly) != true;
    }

    /// <summary>True where the object offers it now; what is removed can only be purged.</summary>
    public bool IsOffered(Entry entry)
        => !IsClosed && (!entry.IsRemoved || Name == "purge") && (!IsProcess || entry.Kind.Lifecycle!.Ask(Name, entry.State) is not null)
            && (States is null || (entry.State is { } state && States.Contains(state)));

    private static string? OutputOf(string? declared, Kind kind) => declared switch
    {
        null => kind.Family,
        "" => null,
        _ => declared,
    };
}
