using Drover.Model.Kernel;

namespace Drover.Server.SignIn;

/// <summary>
/// Slows those who guess: so many wrong tries per login and address, per login, and per address. It does not look at whether the login exists,
/// and while it is shut a right password is refused as a wrong one is, so that it tells nothing.
/// </summary>
public sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Wrong tries for one login from one address within <see cref="Window"/>.</summary>
    public const int PerPair = 10;

    /// <summary>Wrong tries for one login from anywhere: many addresses can shut a login for a while, but not guess it.</summary>
    public const int PerName = 100;

    /// <summary>Wrong tries from one address for any login; people behind one proxy share it.</summary>
    public const int PerAddress = 200;

    /// <summary>After this time without wrong tries all is forgotten.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int MostRemembered = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset End)> _wrong = new(StringComparer.Ordinal);

    /// <summary>Counts a try as wrong before it is looked at, so that many at once are no way around; throws 429 where too many were wrong lately.</summary>
    public void Take(string name, string address)
    {
        lock (_lock)
        {
            if (Count(Pair(name, address)) < PerPair && Count(Name(name)) < PerName && Count(address) < PerAddress)
            {
                if (_wrong.Count >= MostRemembered) Forget();
                foreach (var key in Keys(name, address)) _wrong[key] = (Count(key) + 1, time.GetUtcNow() + Window);
                return;
            }
        }

        throw new ProblemException(new Problem("TooManyRequests", Message: "Too many wrong sign-ins; try again in some minutes", Status: 429));
    }

    /// <summary>Takes a try back that turned out to be not wrong: it was right, or nobody could tell.</summary>
    public void GiveBack(string name, string address)
    {
        lock (_lock)
            foreach (var key in Keys(name, address))
                if (Count(key) is > 0 and var count)
                    _wrong[key] = (count - 1, _wrong[key].End);
    }

    /// <summary>A right try clears what the same login did wrong from the same address.</summary>
    public void Right(string name, string address)
    {
        lock (_lock)
        {
            GiveBack(name, address);
            _wrong.Remove(Pair(name, address));
        }
    }

    private int Count(string key) => _wrong.TryGetValue(key, out var wrong) && wrong.End > time.GetUtcNow() ? wrong.Count : 0;

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var over in _wrong.Where(w => w.Value.End <= now).Select(w => w.Key).ToList()) _wrong.Remove(over);
        if (_wrong.Count >= MostRemembered) _wrong.Clear();
    }

    private static string[] Keys(string name, string address) => [Pair(name, address), Name(name), address];

    private static string Pair(string name, string address) => $"{address}\n{Normal(name)}";

    private static string Name(string name) => "\n" + Normal(name);

    private static string Normal(string name) => name.Length > 256 ? name[..256].ToUpperInvariant() : name.ToUpperInvariant();
}
