using Drover.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Reconcile.Tests;

/// <summary>Random histories of a queue, checked against what it promises.</summary>
public sealed class WorkQueuePropertyTests
{
    [Fact]
    public void No_key_is_ever_taken_twice_at_once_and_none_that_is_dirty_is_lost()
        => Prop.ForAll(Gen.Choose(0, 499).ListOf(200).ToArbitrary(), Holds).QuickCheckThrowOnFailure();

    private static bool Holds(IList<int> history)
    {
        var time = new ManualTime();
        using var queue = new WorkQueue(time, new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8)), seed: 3);
        var dirty = new HashSet<WorkKey>();
        var taken = new HashSet<WorkKey>();
        foreach (var draw in history)
            if (!Step(queue, time, dirty, taken, draw))
                return false;

        foreach (var key in taken) queue.Done(key);
        time.Advance(TimeSpan.FromMinutes(1));
        while (queue.TryTake(out var key))
        {
            dirty.Remove(key);
            queue.Done(key);
        }

        return dirty.Count == 0 && queue.NextWake is null;
    }

    private static bool Step(WorkQueue queue, ManualTime time, HashSet<WorkKey> dirty, HashSet<WorkKey> taken, int draw)
    {
        var key = new WorkKey("Test", draw % 5);
        switch (draw / 100)
        {
            case 0:
                queue.Add(key);
                dirty.Add(key);
                return true;
            case 1:
                queue.AddAt(key, time.GetUtcNow().AddSeconds(draw % 7));
                dirty.Add(key);
                return true;
            case 2:
                if (!queue.TryTake(out var next)) return true;
                dirty.Remove(next);
                return taken.Add(next);
            case 3:
                if (!taken.Remove(key)) return true;
                if (draw % 2 == 0)
                {
                    queue.Done(key);
                    return true;
                }

                dirty.Add(key);
                return queue.Retry(key) > time.GetUtcNow();
            default:
                time.Advance(TimeSpan.FromMilliseconds(draw));
                return true;
        }
    }
}
