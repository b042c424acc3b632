using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Drover.Server.Credentials;

/// <summary>The text of a registration token: "public:milliseconds:signature", new each year (api-auth.md section 8).</summary>
/// <param name="PublicValue">Names the credential.</param>
/// <param name="Stamp">When it was made, in epoch milliseconds.</param>
/// <param name="Signature">HMAC-SHA1 of the two under the credential's secret.</param>
public sealed record TokenText(string PublicValue, long Stamp, string Signature)
{
    /// <summary>How long a token is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3650);

    /// <summary>The token of a credential in the year of a date.</summary>
    public static TokenText Of(string publicValue, string secretValue, DateTimeOffset now)
    {
        var stamp = new DateTimeOffset(now.UtcDateTime.Year - 1, 12, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return new TokenText(publicValue, stamp, Sign(publicValue, stamp, secretValue));
    }

    /// <summary>Reads a token's three parts; null for anything else.</summary>
    public static TokenText? Parse(string text)
        => text.Length <= 512 && text.Split(':') is [{ Length: > 0 } name, var stamp, { Length: > 0 } signature]
            && long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? new TokenText(name, milliseconds, signature)
            : null;

    /// <summary>True where the secret made it and its time is not over.</summary>
    public bool IsGood(string secretValue, DateTimeOffset now)
        => now.ToUnixTimeMilliseconds() <= Stamp + (long)Lifetime.TotalMilliseconds
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature), Encoding.UTF8.GetBytes(Sign(PublicValue, Stamp, secretValue)));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PublicValue}:{Stamp}:{Signature}");

#pragma warning disable CA5350 // The contract's tokens are HMAC-SHA1, which stands where plain SHA-1 fell.
    private static string Sign(string publicValue, long stamp, string secret)
    {
        var data = string.Create(CultureInfo.InvariantCulture, $"{publicValue}:{stamp}");
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(data)))
            .Replace("/", "", StringComparison.Ordinal).Replace("=", "", StringComparison.Ordinal).Replace("+", "", StringComparison.Ordinal);
    }
#pragma warning restore CA5350
}
