using System.Text.Json;
using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.SignIn.Configs;

/// <summary>Reads and writes the configurations of providers: fields are settings, secrets are written and not read, and null keeps them (AUTH-22).</summary>
public static class ConfigWrites
{
    /// <summary>Changes a configuration: tried out before it is stored. Throws what is wrong with it.</summary>
    /// <param name="signIn">Finds the provider.</param>
    /// <param name="store">Where to.</param>
    /// <param name="config">The provider's fields.</param>
    /// <param name="find">What was sent for a field; null where nothing was.</param>
    /// <param name="enabled">Whether access control is on with it; null switches it off and the provider out of use.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task ChangeAsync(SignInService signIn, ResourceStore store, ProviderConfig config, Func<string, JsonElement?> find, bool? enabled, CancellationToken cancel)
    {
        // What switches off must work with little said, and while the directory is down.
        var switchesOff = enabled is null || (enabled == false && SettingsTable.IsOn(store.Current, SignInSettings.Enabled));
        var sent = Sent(config, find, switchesOff);
        if (!switchesOff)
        {
            var values = new ProviderValues(config, store.Current, sent);
            Check(values);
            await signIn.Of(config).CheckAsync(values, cancel);
        }

        await store.WriteAsync(tx => Store(tx, config, sent, enabled), cancel);
    }

    /// <summary>What was sent for each field; a secret that was not sent, or null, is absent and keeps its value.</summary>
    /// <param name="config">The fields.</param>
    /// <param name="find">What was sent for a field; null where nothing was.</param>
    /// <param name="keep">True where other fields that were not sent keep their values too, and false where they go back to the default.</param>
    public static Dictionary<string, string> Sent(ProviderConfig config, Func<string, JsonElement?> find, bool keep = false)
    {
        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in config.Fields.Where(field => !field.BySetting))
        {
            var value = find(field.Name);
            if (value is null && keep) continue;
            if (field.Name == ProviderConfig.AllowedIdentities) sent[field.Name] = Allowed(value);
            else if (value is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given) sent[field.Name] = Text(given);
            else if (!field.IsSecret) sent[field.Name] = field.Default;
        }

        return sent;
    }

    /// <summary>Throws the first problem of the values: an unknown access mode, a field that is missing.</summary>
    public static void Check(ProviderValues values)
    {
        if (values[ProviderConfig.AccessMode] is not (null or SiteAccess.Unrestricted or SiteAccess.Restricted or SiteAccess.Required))
            throw new ProblemException(new Problem("InvalidOption", ProviderConfig.AccessMode));
        foreach (var problem in values.Missing()) throw new ProblemException(problem);
    }

    /// <summary>
    /// Stores a configuration and makes its provider the one in use. It is switched on only after an administrator signed in through it (AUTH-15):
    /// otherwise nobody could switch it off again.
    /// </summary>
    private static void Store(WriteTx tx, ProviderConfig config, IReadOnlyDictionary<string, string> sent, bool? enabled)
    {
        if (enabled == true && !HasAdministrator(tx.View, config))
            throw new ProblemException(new Problem("InvalidState", Message: "Post it with enabled=false first, then sign in through it once, then enable it", Status: 400));
        foreach (var (name, value) in sent) SettingsTable.Set(tx, config.Find(name)!.Setting, value);
        SettingsTable.Set(tx, SignInSettings.Provider, enabled is null ? "none" : config.Provider);
        SettingsTable.Set(tx, SignInSettings.ExternalProvider, enabled is not null && config.Section is not null ? "true" : "false");
        SettingsTable.Set(tx, SignInSettings.Enabled, enabled == true ? "true" : "false");
    }

    /// <summary>The value of `enabled` in a body; null where it was not sent.</summary>
    public static bool? Enabled(Body body) => body.Find("enabled") switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } text => text.GetString() == "true",
        _ => null,
    };

    private static bool HasAdministrator(Snapshot view, ProviderConfig config)
        => view.All<Account>().Any(e => e.Wanted is Account { Kind: "admin" } account && account.ExternalIdType == config.UserType && SignInAccounts.IsActive(e));

    /// <summary>Identities come as objects or as wire ids.</summary>
    private static string Allowed(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Array } list) return "";
        var all = new List<Identity>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && Identities.Parse(item.GetString()!) is var (type, id)) all.Add(new Identity { ExternalIdType = type, ExternalId = id });
            else if (item.ValueKind == JsonValueKind.Object && Member(item, "externalId") is { } externalId && Member(item, "externalIdType") is { } externalType)
                all.Add(new Identity { ExternalIdType = externalType, ExternalId = externalId, Login = Member(item, "login"), Name = Member(item, "name"), User = Member(item, "user") == "true" });
            else throw new ProblemException(new Problem("InvalidFormat", ProviderConfig.AllowedIdentities, "Each has externalId and externalIdType", 400));
        }

        return Identities.Write(all);
    }

    private static string? Member(JsonElement item, string name)
        => item.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? Text(value) : null;

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };
}
