using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Drover.Model.Agents;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Agents;

/// <summary>The key pairs of agents: the secret is kept as a salted hash only.</summary>
public static class AgentKeys
{
    /// <summary>The hash of a secret; the salt stands in front of it.</summary>
    /// <param name="secret">Random letters, so that one round is enough.</param>
    /// <param name="salt">Draws with the key, such as its name.</param>
    public static string Hash(string secret, string salt)
        => $"{salt}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}:{secret}")))}";

    /// <summary>The agent that an `Authorization: Basic` header names; null where the key is unknown, wrong or removed.</summary>
    public static Entry? Find(Snapshot view, string? authorization)
    {
        if (Read(authorization) is not { } key) return null;
        var agent = view.By<Agent>("publicValue", key.Name).FirstOrDefault(a => a is { IsRemoved: false, Wanted.RemoveRequested: false });
        return agent?.Wanted is Agent { SecretHash: { } hash } && Matches(hash, key.Secret) ? agent : null;
    }

    private static bool Matches(string hash, string secret)
    {
        var salt = hash[..hash.IndexOf(':', StringComparison.Ordinal)];
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Hash(secret, salt)));
    }

    private static (string Name, string Secret)? Read(string? authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header) || header is not { Scheme: "Basic", Parameter: { } parameter }) return null;
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var count)) return null;
        var parts = Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2);
        return parts is [var name, var secret] ? (name, secret) : null;
    }
}
