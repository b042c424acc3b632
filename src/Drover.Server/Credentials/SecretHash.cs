using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Drover.Server.Credentials;

/// <summary>Salted hashes of secrets, "pbkdf2-sha256$rounds$salt$hash" in base64, as they are stored.</summary>
public static class SecretHash
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Rounds = 100_000;
    private const int Length = 32;

    /// <param name="secret">The secret in clear.</param>
    /// <param name="salt">16 random bytes.</param>
    /// <param name="rounds">More for what people choose than for what is random.</param>
    public static string Of(string secret, byte[] salt, int rounds = Rounds)
        => string.Create(CultureInfo.InvariantCulture, $"{Scheme}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(secret, salt, rounds))}");

    /// <summary>True where the hash was made from the secret. Takes tens of milliseconds, and as long for wrong secrets as for right ones.</summary>
    public static bool Matches(string stored, string secret)
    {
        var parts = stored.Split('$');
        return parts is [Scheme, var rounds, var salt, var hash]
            && int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(hash), Derive(secret, Convert.FromBase64String(salt), count));
    }

    private static byte[] Derive(string secret, byte[] salt, int rounds)
        => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, rounds, HashAlgorithmName.SHA256, Length);
}
