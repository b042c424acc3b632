namespace Drover.Server.Streams;

/// <summary>Counts what is under way in all and for each user, so that none takes what all need.</summary>
/// <param name="most">At a time in all.</param>
/// <param name="mostEach">At a time for one user.</param>
public sealed class Shares(int most, int mostEach)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _each = [];
    private int _all;

    /// <summary>Takes one for a user, or for the server itself where there is none: that has no share of its own, and counts towards all.</summary>
    /// <returns>Null where it is taken, to be given back with <see cref="GiveBack"/>; else how many are taken already.</returns>
    public int? Take(long? user)
    {
        lock (_lock)
        {
            if (_all >= most) return most;
            if (user is { } one)
            {
                var taken = _each.GetValueOrDefault(one);
                if (taken >= mostEach) return mostEach;
                _each[one] = taken + 1;
            }

            _all++;
            return null;
        }
    }

    /// <summary>Gives back what was taken for a user.</summary>
    public void GiveBack(long? user)
    {
        lock (_lock)
        {
            _all--;
            if (user is not { } one) return;
            if (_each[one] == 1) _each.Remove(one);
            else _each[one]--;
        }
    }

    /// <summary>What is taken at this moment.</summary>
    public int Taken
    {
        get { lock (_lock) return _all; }
    }
}
