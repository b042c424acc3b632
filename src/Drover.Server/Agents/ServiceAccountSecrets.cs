using System.Security.Cryptography;
using System.Text;
using Drover.Model.Agents;

namespace Drover.Server.Agents;

/// <summary>The secrets of service accounts: each follows from a key in the data folder and the name of the account's key, so that none is stored and a host can be told it again.</summary>
public sealed class ServiceAccountSecrets
{
    /// <summary>The key's file in the data folder.</summary>
    public const string FileName = "service-account.key";

    private const int Length = 32;

    private readonly Lazy<byte[]> _key;

    /// <param name="folder">The data folder; null for a key that lives as long as the process.</param>
    /// <param name="ids">Draws the key.</param>
    public ServiceAccountSecrets(string? folder, IdSource ids) => _key = new Lazy<byte[]>(() => folder is null ? ids.Bytes(Length) : LoadOrMake(Path.Combine(folder, FileName), ids));

    /// <summary>The secret that goes with the public half of a key.</summary>
    public string Of(string publicValue)
        => new IdSource(count => HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Value, count, info: Encoding.UTF8.GetBytes(publicValue))).NewSecret();

    /// <summary>The key pair of an account; null where it was made under another key than the folder has now.</summary>
    public (string Name, string Secret)? PairOf(Agent account)
        => account is { PublicValue: { } name, SecretHash: { } hash } && Of(name) is var secret && AgentKeys.Hash(secret, name) == hash ? (name, secret) : null;

    private static byte[] LoadOrMake(string file, IdSource ids)
    {
        if (File.Exists(file) && Convert.FromBase64String(File.ReadAllText(file)) is { Length: Length } kept) return kept;
        var key = ids.Bytes(Length);
        OwnerOnlyFile.Write(file, Encoding.ASCII.GetBytes(Convert.ToBase64String(key)));
        return key;
    }
}
