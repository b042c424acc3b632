namespace Drover.Server.SignIn.Saml;

/// <summary>The assertions that were used, for as long as they would be good.</summary>
public sealed class SamlReplays
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    /// <summary>Notes a use; false where it is not the first.</summary>
    public bool Add(string id, DateTimeOffset end, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var over in _used.Where(u => u.Value + SamlExpectation.Skew <= now).Select(u => u.Key).ToList()) _used.Remove(over);
            return _used.TryAdd(id, end);
        }
    }
}
