using System.Globalization;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Agents;
using Drover.Server.Api.Calls;
using Drover.Server.Api.SignIn;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.Credentials;

/// <summary>Which environment a registration token opens, and the command that shows it to people.</summary>
public static class RegistrationTokens
{
    private const string Period = "registration.token.period.millis";

    /// <summary>The environment's number; null where the token is wrong, over or taken back, or the environment is closed.</summary>
    public static long? EnvironmentOf(Snapshot view, string text, DateTimeOffset now)
        => text.Length <= 512
            && TokenSignature.Find(view, text, now, Lifetime(view))?.Wanted.AccountId is { } environment
            && Authenticator.IsOpen(view.Find("account", environment))
            ? environment
            : null;

    /// <summary>The token's text; null until it is active.</summary>
    public static string? TextOf(Entry entry, DateTimeOffset now)
        => entry is { State: "active", Wanted: RegistrationToken { PublicValue: not null, SecretValue: not null } token }
            ? TokenSignature.Make(token, now)
            : null;

    /// <summary>Where an agent fetches its script: under the set address, else under the one the caller used.</summary>
    public static string UrlOf(Snapshot view, string root, string text)
        => Origin.Set(view) is { } host
            ? $"{host}/v1/scripts/{text}"
            : $"{root[..^LastSegments(root).Length]}/v1/scripts/{text}";

    /// <summary>In milliseconds; the default where the setting holds no number.</summary>
    private static long Lifetime(Snapshot view)
        => long.TryParse(SettingsTable.Value(view, Period), NumberStyles.None, CultureInfo.InvariantCulture, out var set)
            ? set
            : long.Parse(SettingsTable.Find(Period)!.Default, CultureInfo.InvariantCulture);

    private static string LastSegments(string root)
    {
        var path = new Uri(root).AbsolutePath;
        return path == "/" ? "" : path;
    }
}
