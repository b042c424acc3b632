using System.Security.Cryptography;

namespace Drover.Server.Streams;

/// <summary>The key that signs tokens of streams: made when it is first needed, kept in the data folder for the server's account alone, shown nowhere.</summary>
public sealed class StreamKey : IDisposable
{
    /// <summary>The key's file in the data folder.</summary>
    public const string FileName = "stream.key";

    private readonly Lazy<RSA> _key;

    /// <param name="folder">The data folder; null for a key that lives as long as the process.</param>
    public StreamKey(string? folder) => _key = new Lazy<RSA>(() => folder is null ? RSA.Create(2048) : LoadOrMake(Path.Combine(folder, FileName)));

    /// <summary>RS256 (RFC 7518 section 3.3).</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_key) return _key.Value.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_key) return _key.Value.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>The public half, PEM.</summary>
    public string PublicPem() => _key.Value.ExportSubjectPublicKeyInfoPem() + "\n";

    public void Dispose()
    {
        if (_key.IsValueCreated) _key.Value.Dispose();
    }

    private static RSA LoadOrMake(string file)
    {
        var key = RSA.Create(2048);
        if (File.Exists(file))
        {
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }

        OwnerOnlyFile.Write(file, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        return key;
    }
}
