using System.Collections.Immutable;
using Drover.Agent.Assigned;
using Drover.Protocol;

namespace Drover.Agent.Instances;

/// <summary>Makes the assigned volumes exist and removes those that shall go, beside the containers. Touched by the agent's loop alone.</summary>
internal sealed class VolumeKeeper
{
    private ImmutableDictionary<string, VolumeStatus> _seen = ImmutableDictionary<string, VolumeStatus>.Empty;
    private bool _busy;

    /// <summary>By name, errors included.</summary>
    public ImmutableArray<VolumeStatus> All => [.. _seen.Values.OrderBy(volume => volume.Name, StringComparer.Ordinal)];

    /// <summary>Names whose status the server has not heard.</summary>
    public HashSet<string> Unreported { get; } = [];

    public VolumeStatus? Find(string name) => _seen.GetValueOrDefault(name);

    /// <summary>Takes the engine's list; errors of volumes that are not there stay.</summary>
    public void Listed(ImmutableArray<VolumeStatus> volumes)
    {
        var next = volumes.Where(volume => volume.Name.Length > 0).ToImmutableDictionary(volume => volume.Name);
        foreach (var old in _seen.Values.Where(old => old.Error is not null && !next.ContainsKey(old.Name))) next = next.Add(old.Name, old);
        Unreported.UnionWith(next.Where(volume => _seen.GetValueOrDefault(volume.Key) != volume.Value).Select(volume => volume.Key));
        Unreported.UnionWith(_seen.Keys.Where(name => !next.ContainsKey(name)));
        _seen = next;
    }

    /// <summary>What is to do now; empty while it is being done.</summary>
    public VolumeWork Decide(AssignmentSet assigned)
    {
        if (_busy) return VolumeWork.None;
        var work = new VolumeWork(
            [.. assigned.Volumes.Values.Where(volume => Find(volume.Name) is null or { Error: not null })],
            [.. assigned.LeavingVolumes.Order(StringComparer.Ordinal)]);
        _busy = !work.IsNone;
        return work;
    }

    /// <summary>Takes how the work went: errors by name.</summary>
    public void Finish(VolumeWork work, IReadOnlyDictionary<string, string> errors)
    {
        _busy = false;
        foreach (var volume in work.Ensure) Set(volume.Name, errors.TryGetValue(volume.Name, out var error)
            ? new VolumeStatus(volume.Name, volume.Driver, null, error)
            : (Find(volume.Name) ?? new VolumeStatus(volume.Name, volume.Driver, null)) with { Error = null });
        foreach (var name in work.Remove)
        {
            if (errors.TryGetValue(name, out var error)) Set(name, (Find(name) ?? new VolumeStatus(name, "", null)) with { Error = error });
            else Set(name, null);
        }
    }

    /// <summary>Does the work; returns the errors by name. Any thread.</summary>
    public static async Task<Dictionary<string, string>> RunAsync(VolumeWork work, IHostRuntime runtime, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string>();
        foreach (var volume in work.Ensure) await TryAsync(volume.Name, () => runtime.EnsureVolumeAsync(volume, cancel));
        foreach (var name in work.Remove) await TryAsync(name, () => runtime.RemoveVolumeAsync(name, cancel));
        return errors;

        async Task TryAsync(string name, Func<Task> act)
        {
            try
            {
                await act();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                errors[name] = failure.Message;
            }
        }
    }

    private void Set(string name, VolumeStatus? status)
    {
        if (_seen.GetValueOrDefault(name) == status) return;
        _seen = status is null ? _seen.Remove(name) : _seen.SetItem(name, status);
        Unreported.Add(name);
    }
}

/// <summary>Volumes to make and names of volumes to remove.</summary>
internal sealed record VolumeWork(ImmutableArray<VolumeAssignment> Ensure, ImmutableArray<string> Remove)
{
    public static VolumeWork None { get; } = new([], []);

    public bool IsNone => Ensure.IsEmpty && Remove.IsEmpty;
}
