using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Drover.Model.Agents;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Credentials;
using Drover.Store;

namespace Drover.Server.Api.SignIn;

/// <summary>Checks key pairs: API keys of accounts and environments, and the keys of agents.</summary>
/// <param name="salt">Random bytes of this process, under which checked pairs are remembered.</param>
public sealed class KeyRing(byte[] salt) : IDisposable
{
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<string, long> _checked = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _hashing = new(1);

    /// <summary>The API key or agent that a pair belongs to; null for a wrong pair, or one that is not active.</summary>
    public async Task<Entry?> FindAsync(Snapshot view, string publicValue, string secret, CancellationToken cancel)
    {
        if (publicValue.Length > 255 || secret.Length > 4096) return null;
        foreach (var entry in view.By<ApiKey>("publicValue", publicValue).Concat(view.By<Agent>("publicValue", publicValue)))
            if (IsUsable(entry) && HashOf(entry) is { } hash && await MatchesAsync(entry, hash, publicValue, secret, cancel))
                return entry;
        return null;
    }

    public void Dispose() => _hashing.Dispose();

    private static bool IsUsable(Entry entry) => !entry.IsRemoved && !entry.Wanted.RemoveRequested && entry.Wanted switch
    {
        ApiKey => entry.State is "active" or "updating-active",
        _ => entry.State is not ("inactive" or "deactivating" or "removing" or "removed" or "purging" or "purged"),
    };

    private static string? HashOf(Entry entry) => entry.Wanted switch
    {
        ApiKey key => key.SecretHash,
        Agent agent => agent.SecretHash,
        _ => null,
    };

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
