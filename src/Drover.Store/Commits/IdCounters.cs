namespace Drover.Store.Commits;

/// <summary>The last number given in each family, and which of them the journal does not know yet.</summary>
internal sealed class IdCounters(IReadOnlyDictionary<string, long> durable)
{
    private readonly Dictionary<string, long> _last = new(durable, StringComparer.Ordinal);
    private readonly HashSet<string> _new = new(StringComparer.Ordinal);

    public long Next(string family)
    {
        var next = _last.GetValueOrDefault(family) + 1;
        Reach(family, next);
        return next;
    }

    /// <summary>Notes a number that someone chose.</summary>
    public void Reach(string family, long id)
    {
        if (_last.GetValueOrDefault(family) >= id) return;
        _last[family] = id;
        _new.Add(family);
    }

    /// <summary>The counters that moved since the last call.</summary>
    public KeyValuePair<string, long>[] TakeNew()
    {
        if (_new.Count == 0) return [];
        var moved = _new.Select(family => KeyValuePair.Create(family, _last[family])).ToArray();
        _new.Clear();
        return moved;
    }
}
