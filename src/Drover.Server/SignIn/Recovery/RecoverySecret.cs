using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Drover.Server.SignIn.Recovery;

/// <summary>
/// A secret that lets in once when nobody can sign in any more. Whoever can write to the data folder may make one; the folder keeps its
/// hash and its end, so that the file tells nothing and the server may run or not.
/// </summary>
public static class RecoverySecret
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "recovery-secret";

    /// <summary>How long it is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>Makes a secret; an older one is good for nothing from then on. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where the folder cannot be written.</summary>
    public static string Make(string folder, IdSource ids, DateTimeOffset now)
    {
        var secret = ids.NewSecret();
        var path = Path.Combine(folder, FileName);
        var draft = $"{path}.{ids.NewKeyName()}";
        File.WriteAllText(draft, string.Create(CultureInfo.InvariantCulture, $"{(now + Life).ToUnixTimeSeconds()} {Hash(secret)}\n"));
        File.Move(draft, path, overwrite: true);
        return secret;
    }

    /// <summary>True where this is the folder's secret and its time is not over; it is used up then.</summary>
    public static bool Use(string folder, string secret, DateTimeOffset now)
    {
        var path = Path.Combine(folder, FileName);
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        if (text.Trim().Split(' ') is not [var end, var hash] || !long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var until)) return false;
        if (now.ToUnixTimeSeconds() >= until || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Hash(secret)))) return false;
        return Taken(path);
    }

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Two who bring it at once: only one finds the file still there to move away.</summary>
    private static bool Taken(string path)
    {
        try
        {
            File.Move(path, path + ".used", overwrite: true);
            File.Delete(path + ".used");
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
