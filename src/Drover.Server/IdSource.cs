using System.Security.Cryptography;

namespace Drover.Server;

/// <summary>Gives uuids, key names and secrets, all drawn from one source of random bytes.</summary>
/// <param name="bytes">Returns the asked number of random bytes.</param>
public sealed class IdSource(Func<int, byte[]> bytes)
{
    private const string SecretLetters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";

    /// <summary>Draws from the operating system.</summary>
    public static IdSource System { get; } = new(RandomNumberGenerator.GetBytes);

    /// <summary>Random bytes, for salts and sessions.</summary>
    public byte[] Bytes(int count) => bytes(count);

    /// <summary>A random (version 4) uuid.</summary>
    public Guid NewUuid()
    {
        var raw = bytes(16);
        raw[7] = (byte)((raw[7] & 0x0f) | 0x40);
        raw[8] = (byte)((raw[8] & 0x3f) | 0x80);
        return new Guid(raw);
    }

    /// <summary>The public half of a key: 20 upper-case hexadecimal digits.</summary>
    public string NewKeyName() => Convert.ToHexString(bytes(10));

    /// <summary>The secret half of a key: 40 letters and digits that are not mistaken for each other.</summary>
    public string NewSecret()
    {
        var letters = new char[40];
        for (var at = 0; at < letters.Length;)
            foreach (var b in bytes(64))
                if (at < letters.Length && b < 4 * SecretLetters.Length)
                    letters[at++] = SecretLetters[b % SecretLetters.Length];
        return new string(letters);
    }
}
