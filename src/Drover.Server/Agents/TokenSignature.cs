using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Agents;

/// <summary>Tokens that let hosts join: `name:milliseconds:signature` (api-auth.md section 8).</summary>
public static class TokenSignature
{
    /// <summary>The token as it is shown in a year: it changes once a year.</summary>
    public static string Make(RegistrationToken token, DateTimeOffset now)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Year - 1, 12, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return $"{token.PublicValue}:{day.ToString(CultureInfo.InvariantCulture)}:{Sign(token.PublicValue!, day, token.SecretValue!)}";
    }

    /// <summary>The registration token that a presented one belongs to; null where it is malformed, unknown, inactive, forged or too old.</summary>
    /// <param name="view">Where tokens are looked up.</param>
    /// <param name="presented">The text that somebody brings.</param>
    /// <param name="now">The time.</param>
    /// <param name="lifetime">How long a token is taken after the day in it, in milliseconds.</param>
    public static Entry? Find(Snapshot view, string presented, DateTimeOffset now, long lifetime)
    {
        if (presented.Split(':') is not [var name, var day, var signature]) return null;
        if (!long.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)) return null;
        var age = now.ToUnixTimeMilliseconds() - milliseconds;
        if (age < 0 || age > lifetime) return null;
        var entry = view.By<RegistrationToken>("publicValue", name).FirstOrDefault(t => t.State == "active");
        return entry?.Wanted is RegistrationToken { SecretValue: { } secret } && Same(Sign(name, milliseconds, secret), signature) ? entry : null;
    }

    [SuppressMessage("Security", "CA5350", Justification = "The contract fixes the algorithm; the key is random and the message is public.")]
    private static string Sign(string name, long day, string secret)
    {
        var data = Encoding.UTF8.GetBytes($"{name}:{day.ToString(CultureInfo.InvariantCulture)}");
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), data))
            .Replace("/", "", StringComparison.Ordinal)
            .Replace("=", "", StringComparison.Ordinal)
            .Replace("+", "", StringComparison.Ordinal);
    }

    private static bool Same(string left, string right)
        => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
