namespace Drover.Server.Projections;

/// <summary>Who refers to whom by number, read in both directions; holds only those that refer to somebody.</summary>
internal sealed class References
{
    private readonly Dictionary<long, long[]> _to = [];
    private readonly Dictionary<long, HashSet<long>> _from = [];

    /// <summary>Those that refer to the object.</summary>
    public IEnumerable<long> To(long id) => _from.TryGetValue(id, out var from) ? from : [];

    /// <summary>Says whom an object refers to from now on.</summary>
    public void Set(long id, long[] targets)
    {
        foreach (var old in _to.GetValueOrDefault(id, []))
            if (_from[old].Remove(id) && _from[old].Count == 0)
                _from.Remove(old);
        if (targets.Length == 0) _to.Remove(id);
        else _to[id] = targets;
        foreach (var target in targets)
        {
            if (!_from.TryGetValue(target, out var from)) _from[target] = from = [];
            from.Add(id);
        }
    }
}
