using Drover.DataPlane.Names;
using Drover.Model.Metadata;

namespace Drover.DataPlane;

/// <summary>What the host knows of its environment at one moment.</summary>
/// <param name="Index">The environment.</param>
/// <param name="Version">A new uuid with every change: the metadata service's `version`.</param>
/// <param name="HostUuid">The host itself in the environment; null where it is not known yet.</param>
/// <param name="Next">Completes when this state was followed by another.</param>
public sealed record EnvironmentState(EnvironmentIndex Index, string Version, string? HostUuid, Task Next);

/// <summary>The state that names and metadata are answered from; swapped whole, so that readers lock nothing.</summary>
public sealed class EnvironmentSource(Func<Guid> newUuid)
{
    private readonly Lock _writing = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EnvironmentState? _current;

    /// <summary>The newest state.</summary>
    public EnvironmentState Current
    {
        get
        {
            if (_current is { } current) return current;
            lock (_writing) return _current ??= new EnvironmentState(EnvironmentIndex.Empty, newUuid().ToString(), null, _next.Task);
        }
    }

    /// <summary>Lays a change over the environment and wakes those who wait for one.</summary>
    public void Apply(EnvironmentDelta delta) => Swap(state => state with { Index = state.Index.After(delta) });

    /// <summary>Makes this the environment, at the cost of what is different from the one before.</summary>
    /// <param name="view">The environment.</param>
    /// <param name="since">What leads to it from <see cref="Current"/>; null where that is not known, and a look at everything finds out.</param>
    public void Become(EnvironmentView view, EnvironmentDelta? since = null)
    {
        var before = Current.Index.View;
        if (ReferenceEquals(before, view)) return;
        var delta = since is { Complete: false } ? since : EnvironmentDifference.Between(before, view);
        Swap(state => state with { Index = state.Index.Moved(view, delta) });
    }

    /// <summary>Says which of the environment's hosts this is.</summary>
    public void IsHost(string? hostUuid)
    {
        if (Current.HostUuid != hostUuid) Swap(state => state with { HostUuid = hostUuid });
    }

    private void Swap(Func<EnvironmentState, EnvironmentState> change)
    {
        TaskCompletionSource before;
        lock (_writing)
        {
            before = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _current = change(Current) with { Version = newUuid().ToString(), Next = _next.Task };
        }

        before.SetResult();
    }
}
