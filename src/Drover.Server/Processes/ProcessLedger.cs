using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>
/// Which objects are under way since when, and how the last processes of each family ended. It follows commits, keeps some bytes for each
/// object that has not settled, and is held in memory alone: what is under way is found again at the next start.
/// </summary>
/// <remarks>The watcher is called for each commit: a settled object costs it one look, a process two writes into a table.</remarks>
public sealed class ProcessLedger(TimeProvider time) : IDisposable
{
    /// <summary>Processes of one family that are told after their end, newest first; as many again of those that met trouble.</summary>
    public const int MostEnded = 2_000;

    private readonly Lock _lock = new();
    private readonly FamilyLog[] _families = [.. ProcessNames.Families.Select(_ => new FamilyLog())];
    private readonly TroubleLog _troubles = new();
    private IDisposable? _watch;

    /// <summary>Finds what is under way and follows the store from there on.</summary>
    public void Follow(ResourceStore store)
    {
        lock (_lock)
        {
            // Commits that come meanwhile wait for the lock.
            (var snapshot, _watch) = store.Watch(Note);
            var now = time.GetUtcNow();
            foreach (var family in _families) family.Open.Clear();
            foreach (var root in ProcessNames.Families)
                foreach (var entry in snapshot.All(root, family: true).Where(IsUnderWay))
                    Begin(entry, ProcessNames.UnderWay(entry), StartOf(entry) ?? now, isFound: true);
        }
    }

    /// <summary>Takes in what a commit changed.</summary>
    public void Note(Commit commit)
    {
        DateTimeOffset? now = null;
        foreach (var change in commit.Changes)
        {
            var family = ProcessNames.FamilyOf(change.Entry.Kind);
            if (family < 0) continue;
            var (was, isNow) = (change.Before is { } before && IsUnderWay(before), change.After is { } after && IsUnderWay(after));
            if (!was && !isNow) continue;
            var isAsked = isNow && change.After!.Wanted.Generation != (change.Before?.Wanted.Generation ?? 0);
            var isTrouble = isNow && TroubleLog.IsTrouble(change);
            if (was && isNow && !isAsked && !isTrouble) continue;
            lock (_lock) Note(family, change, was, isAsked, isTrouble, now ??= time.GetUtcNow());
        }
    }

    /// <summary>How many objects of each family are under way, by the family's place.</summary>
    public ImmutableArray<int> Counts()
    {
        lock (_lock) return [.. _families.Select(family => family.Open.Count)];
    }

    /// <summary>The numbers and actions of what is under way in a family.</summary>
    /// <param name="family">The family's place.</param>
    /// <param name="most">How many are told at most.</param>
    public ImmutableArray<(long Object, byte Action)> OpenIn(int family, int most = int.MaxValue)
    {
        lock (_lock)
        {
            var open = _families[family].Open;
            var all = ImmutableArray.CreateBuilder<(long, byte)>(Math.Min(open.Count, most));
            foreach (var (id, slot) in open)
            {
                if (all.Count == all.Capacity) break;
                all.Add((id, slot.Action));
            }

            return all.MoveToImmutable();
        }
    }

    /// <summary>What is under way of an object; null where it has settled.</summary>
    public Process? FindOpen(Snapshot view, int family, long id)
    {
        lock (_lock)
        {
            if (!_families[family].Open.TryGetValue(id, out var slot) || view.Find(ProcessNames.Families[family].Family, id) is not { } entry) return null;
            var (failures, kept) = _troubles.Of(family, id);
            return new Process
            {
                Id = new ProcessId(family, id, slot.Mark),
                Action = slot.Action,
                Kind = entry.Kind,
                AccountId = entry.Wanted.AccountId,
                Start = slot.Start,
                IsFound = slot.IsFound,
                Failures = failures,
                Troubles = kept,
            };
        }
    }

    /// <summary>What has ended in a family since a time, oldest first.</summary>
    public ImmutableArray<Process> EndedIn(int family, DateTimeOffset since)
    {
        lock (_lock) return [.. _families[family].Queues.SelectMany(queue => queue).Where(process => process.End >= since).OrderBy(process => process.End)];
    }

    /// <summary>The processes of one object that have ended since a time, oldest first.</summary>
    public ImmutableArray<Process> EndedOf(int family, long id, DateTimeOffset since)
    {
        lock (_lock)
        {
            var found = ImmutableArray<Process>.Empty;
            foreach (var queue in _families[family].Queues)
                foreach (var process in queue)
                    if (process.Id.Object == id && process.End >= since)
                        found = found.Add(process);
            return found.Length < 2 ? found : found.Sort((one, other) => Nullable.Compare(one.End, other.End));
        }
    }

    /// <summary>Forgets what ended before a time.</summary>
    public void Purge(DateTimeOffset before)
    {
        lock (_lock)
            foreach (var family in _families)
                family.Purge(before);
    }

    public void Dispose() => _watch?.Dispose();

    private void Note(int family, Change change, bool was, bool isAsked, bool isTrouble, DateTimeOffset now)
    {
        var log = _families[family];
        var id = change.Entry.Id;
        if (change.After is not { } after || !IsUnderWay(after)) End(family, change, now, null);
        else if (was && isAsked)
        {
            End(family, change, now, ProcessEnd.StateChanged);
            Begin(after, ProcessNames.Asked(change.Before, after), now);
        }
        else if (!log.Open.ContainsKey(id))
        {
            Begin(after, isAsked ? ProcessNames.Asked(change.Before, after) : ProcessNames.PlaceOf(ProcessNames.Reconcile), now);
        }

        if (isTrouble) _troubles.Add(family, id, change.After!.Seen.Why!, now);
    }

    private void Begin(Entry entry, byte action, DateTimeOffset start, bool isFound = false)
    {
        var mark = ProcessNames.Actions[action] == ProcessNames.Reconcile ? ProcessId.Since(start) : ProcessId.Asked(entry.Wanted.Generation);
        _families[ProcessNames.FamilyOf(entry.Kind)].Open[entry.Id] = new Slot(start, mark, action, isFound);
    }

    private void End(int family, Change change, DateTimeOffset now, ProcessEnd? how)
    {
        var id = change.Entry.Id;
        if (!_families[family].Open.Remove(id, out var slot)) return;
        var (failures, kept) = _troubles.Take(family, id);
        _families[family].Add(new Process
        {
            Id = new ProcessId(family, id, slot.Mark),
            Action = slot.Action,
            Kind = change.Entry.Kind,
            AccountId = change.Entry.Wanted.AccountId,
            Start = slot.Start,
            End = now,
            Ended = how ?? EndOf(change, slot),
            IsFound = slot.IsFound,
            Failures = failures,
            Troubles = kept,
        });
    }

    private static ProcessEnd EndOf(Change change, Slot slot)
    {
        var isGone = change.After is null or { IsRemoved: true };
        var wentAsAsked = ProcessNames.Actions[slot.Action] is "remove" or "purge";
        return isGone && !wentAsAsked ? ProcessEnd.Canceled
            : change.After is { Seen.Failed: true } ? ProcessEnd.Failed
            : ProcessEnd.Done;
    }

    private static bool IsUnderWay(Entry entry) => !entry.IsRemoved && (entry.Seen.Generation < entry.Wanted.Generation || entry.Seen.Why is not null);

    /// <summary>The beginning, as far as the object tells it.</summary>
    private static DateTimeOffset? StartOf(Entry entry)
        => entry.Wanted.Generation <= 1 && entry.Seen.Generation < entry.Wanted.Generation ? entry.Wanted.Created : entry.Seen.Why?.Since;

    /// <summary>What is known of an object under way: 16 bytes, as a million may be at once.</summary>
    private readonly struct Slot(DateTimeOffset start, ushort mark, byte action, bool isFound)
    {
        private readonly long _start = start.UtcTicks;

        public DateTimeOffset Start => new(_start, TimeSpan.Zero);

        public ushort Mark { get; } = mark;

        public byte Action { get; } = action;

        public bool IsFound { get; } = isFound;
    }

    private sealed class FamilyLog
    {
        private readonly Queue<Process> _smooth;
        private readonly Queue<Process> _troubled;

        public FamilyLog() => Queues = [_smooth = new Queue<Process>(), _troubled = new Queue<Process>()];

        public Dictionary<long, Slot> Open { get; } = [];

        public Queue<Process>[] Queues { get; }

        public void Add(Process ended)
        {
            var queue = ended.Failures > 0 || ended.Ended is ProcessEnd.Failed or ProcessEnd.Canceled ? _troubled : _smooth;
            if (queue.Count == MostEnded) queue.Dequeue();
            queue.Enqueue(ended);
        }

        public void Purge(DateTimeOffset before)
        {
            foreach (var queue in Queues)
                while (queue.TryPeek(out var oldest) && oldest.End < before)
                    queue.Dequeue();
            if (Open.Count == 0) Open.TrimExcess();
        }
    }
}
