using Drover.Agent.State;

namespace Drover.Simulator.Hosts;

/// <summary>Keeps an agent's state in memory: it survives the agent, not the process.</summary>
public sealed class MemoryState : ILocalState
{
    private SavedState _state = SavedState.Empty;

    /// <summary>Entries appended so far.</summary>
    public int Appended { get; private set; }

    public SavedState Load() => _state;

    public void Append(IReadOnlyList<StateEntry> entries)
    {
        foreach (var entry in entries) _state = _state.After(entry);
        Appended += entries.Count;
    }

    /// <summary>The disk is lost.</summary>
    public void Lose() => _state = SavedState.Empty;
}
