using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Agents;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.Credentials;

/// <summary>Which environment a registration token opens, and the command that shows it to people.</summary>
public static class RegistrationTokens
{
    /// <summary>The environment's number; null where the token is wrong, over or taken back.</summary>
    public static long? EnvironmentOf(Snapshot view, string text, DateTimeOffset now)
        => text.Length <= 512 ? TokenSignature.Find(view, text, now)?.Wanted.AccountId : null;

    /// <summary>The token's text; null until it is active.</summary>
    public static string? TextOf(Entry entry, DateTimeOffset now)
        => entry is { State: "active", Wanted: RegistrationToken { PublicValue: not null, SecretValue: not null } token }
            ? TokenSignature.Make(token, now)
            : null;

    /// <summary>Where an agent fetches its script: under the set address, else under the one the caller used.</summary>
    public static string UrlOf(Snapshot view, string root, string text)
        => SettingsTable.Value(view, "api.host") is { Length: > 0 } host
            ? $"{host.TrimEnd('/')}/v1/scripts/{text}"
            : $"{root[..^LastSegments(root).Length]}/v1/scripts/{text}";

    private static string LastSegments(string root)
    {
        var path = new Uri(root).AbsolutePath;
        return path == "/" ? "" : path;
    }
}
