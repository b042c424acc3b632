using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Drover.Model.Kernel;

/// <summary>One line of a life cycle: in these states the action may be asked for; it shows `Through` until it is done and rests in `To`.</summary>
/// <param name="Action">Lower-case action name, such as "activate".</param>
/// <param name="From">States in which it is offered, each with the through-state and the end.</param>
/// <param name="Then">The action that follows by itself; null for none.</param>
public sealed record Transition(string Action, ImmutableArray<Move> From, string? Then = null);

/// <summary>From a state through a state to a state.</summary>
public readonly record struct Move(string From, string Through, string To);

/// <summary>The life cycle of a kind as a table (api-semantics.md section 19).</summary>
public sealed class Lifecycle
{
    private readonly FrozenDictionary<string, Transition> _byAction;
    private readonly FrozenDictionary<string, ImmutableArray<string>> _actionsIn;
    private readonly FrozenSet<string> _transitioning;

    public Lifecycle(string name, params ImmutableArray<Transition> transitions)
    {
        Name = name;
        Transitions = transitions;
        _byAction = transitions.ToFrozenDictionary(t => t.Action, StringComparer.Ordinal);
        _actionsIn = transitions
            .SelectMany(t => t.From.Select(m => (m.From, t.Action)))
            .GroupBy(x => x.From, x => x.Action, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.Distinct().ToImmutableArray(), StringComparer.Ordinal);
        _transitioning = transitions.SelectMany(t => t.From.Select(m => m.Through)).ToFrozenSet(StringComparer.Ordinal);
    }

    public string Name { get; }

    public ImmutableArray<Transition> Transitions { get; }

    /// <summary>All states, in the order of the table.</summary>
    public IEnumerable<string> States
        => Transitions.SelectMany(t => t.From).SelectMany(m => new[] { m.From, m.Through, m.To }).Distinct(StringComparer.Ordinal);

    /// <summary>True where `transitioning` is `yes`.</summary>
    public bool IsTransitioning(string? state) => state is not null && _transitioning.Contains(state);

    /// <summary>The actions offered in a state.</summary>
    public ImmutableArray<string> ActionsIn(string? state)
        => state is not null && _actionsIn.TryGetValue(state, out var actions) ? actions : [];

    public bool Declares(string action) => _byAction.ContainsKey(action);

    /// <summary>The through-state and end of an action asked for in a state; null where it may not be.</summary>
    public Move? Ask(string action, string? state)
    {
        if (!_byAction.TryGetValue(action, out var transition)) return null;
        foreach (var move in transition.From)
            if (move.From == state)
                return move;
        return null;
    }

    /// <summary>Where a through-state ends when nothing goes wrong, following what follows by itself; null where it is none.</summary>
    public string? Settled(string through)
    {
        foreach (var transition in Transitions)
            foreach (var move in transition.From)
                if (move.Through == through)
                    return transition.Then is { } then && Ask(then, move.To) is { } next && next.Through != through
                        ? Settled(next.Through) ?? next.To
                        : move.To;
        return null;
    }
}
