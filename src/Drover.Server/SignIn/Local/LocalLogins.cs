using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Credentials;
using Drover.Store;

namespace Drover.Server.SignIn.Local;

/// <summary>The stored logins and their passwords.</summary>
/// <param name="ids">Gives salts.</param>
public sealed class LocalLogins(IdSource ids) : IDisposable
{
    /// <summary>Rounds of PBKDF2 with SHA-256 (OWASP, 2023): about a tenth of a second of one core.</summary>
    private const int Rounds = 600_000;

    private readonly SemaphoreSlim _hashing = new(2);
    private readonly Lazy<string> _nobody = new(() => SecretHash.Of(ids.NewSecret(), ids.Bytes(16), Rounds));

    /// <summary>The password of a login in any letter case; null where there is none that may be used.</summary>
    public static Entry? Find(Snapshot view, string login)
        => view.All<Password>().FirstOrDefault(e =>
            e is { IsRemoved: false, State: "active" or "updating-active", Wanted: Password { RemoveRequested: false } password }
            && string.Equals(password.PublicValue, login, StringComparison.OrdinalIgnoreCase));

    /// <summary>The hash of a new password.</summary>
    public Task<string> HashAsync(string secret, CancellationToken cancel) => HashingAsync(() => SecretHash.Of(secret, ids.Bytes(16), Rounds), cancel);

    /// <summary>True where the password is that of the entry; takes as long where there is no entry.</summary>
    public Task<bool> MatchesAsync(Entry? entry, string secret, CancellationToken cancel)
    {
        var hash = (entry?.Wanted as Password)?.SecretHash;
        return HashingAsync(() => SecretHash.Matches(hash ?? _nobody.Value, secret) && hash is not null, cancel);
    }

    public void Dispose() => _hashing.Dispose();

    /// <summary>Few at once, so that a flood of sign-ins leaves the machine to others.</summary>
    private async Task<T> HashingAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await _hashing.WaitAsync(cancel);
        try
        {
            return await Task.Run(work, cancel);
        }
        finally
        {
            _hashing.Release();
        }
    }
}
