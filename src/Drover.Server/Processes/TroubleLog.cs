using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>What went wrong in processes under way: of so many objects at once, and so many tries of each, as are told in full.</summary>
public sealed class TroubleLog
{
    /// <summary>Processes whose tries are kept; of further ones only the newest reason is known, which stands on the object.</summary>
    public const int MostProcesses = 5_000;

    /// <summary>Tries kept of one process: the first ones and the newest.</summary>
    public const int MostTries = 14;

    private readonly Dictionary<(int Family, long Object), Tries> _tries = [];

    /// <summary>
    /// True where a commit told of a failed try: it waits for its next one, failed, or found no host. A known reason without a next try is
    /// that try under way.
    /// </summary>
    public static bool IsTrouble(Change change)
        => change.After is { Seen.Why: { } why } after && change.Before?.Seen.Why is var before && !ReferenceEquals(why, before)
            && (why.NextTry is not null ? why != before : why.Reason != before?.Reason)
            && (after.Seen.Failed || why.NextTry is not null || after.Wanted is Container { HostId: null });

    /// <summary>Takes in a try that failed.</summary>
    public void Add(int family, long id, Why why, DateTimeOffset now)
    {
        if (!_tries.TryGetValue((family, id), out var tries))
        {
            if (_tries.Count >= MostProcesses) return;
            _tries[(family, id)] = tries = new Tries();
        }

        tries.Count++;
        if (tries.Kept.Count == MostTries) tries.Kept.RemoveAt(MostTries - 1);
        tries.Kept.Add(new Trouble(now, why.Reason, why.NextTry));
    }

    /// <summary>How often a process failed, and what is kept of that.</summary>
    public (int Failures, ImmutableArray<Trouble> Kept) Of(int family, long id)
        => _tries.TryGetValue((family, id), out var tries) ? (tries.Count, [.. tries.Kept]) : (0, []);

    /// <summary>Forgets a process; returns what was known of it.</summary>
    public (int Failures, ImmutableArray<Trouble> Kept) Take(int family, long id)
    {
        if (_tries.Count == 0 || !_tries.Remove((family, id), out var tries)) return (0, []);
        return (tries.Count, [.. tries.Kept]);
    }

    private sealed class Tries
    {
        public int Count { get; set; }

        public List<Trouble> Kept { get; } = [];
    }
}
