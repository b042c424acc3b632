using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Credentials;
using Drover.Store;

namespace Drover.Server.Api.SignIn;

/// <summary>Checks the API keys of accounts and environments.</summary>
/// <param name="salt">Random bytes of this process, under which checked pairs are remembered.</param>
public sealed class KeyRing(byte[] salt) : IDisposable
{
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<string, long> _checked = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _hashing = new(1);

    /// <summary>The API key that a pair belongs to; null for a wrong pair, or one that is not active.</summary>
    public async Task<Entry?> FindAsync(Snapshot view, string publicValue, string secret, CancellationToken cancel)
    {
        if (publicValue.Length > 255 || secret.Length > 4096) return null;
        foreach (var entry in view.By<ApiKey>("publicValue", publicValue))
            if (entry is { IsRemoved: false, State: "active" or "updating-active", Wanted: ApiKey { SecretHash: { } hash, RemoveRequested: false } }
                && await MatchesAsync(entry, hash, publicValue, secret, cancel))
                return entry;
        return null;
    }

    public void Dispose() => _hashing.Dispose();

    /// <summary>Hashes are slow on purpose: a pair that was right once is remembered until its hash changes, and one hash is made at a time.</summary>
    private async Task<bool> MatchesAsync(Entry entry, string hash, string publicValue, string secret, CancellationToken cancel)
    {
        var mark = Convert.ToBase64String(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes($"{publicValue}\n{secret}\n{hash}")));
        if (_checked.TryGetValue(mark, out var id) && id == entry.Id) return true;
        await _hashing.WaitAsync(cancel);
        try
        {
            if (!SecretHash.Matches(hash, secret)) return false;
        }
        finally
        {
            _hashing.Release();
        }

        if (_checked.Count >= MaxRemembered) _checked.Clear();
        _checked[mark] = entry.Id;
        return true;
    }
}
