using System.Collections.Frozen;
using Drover.Model.Accounts;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Environments;
using Drover.Server.Settings;
using Drover.Server.SignIn.Configs;
using Drover.Store;

namespace Drover.Server.SignIn;

/// <summary>Which of the people that a provider knows may use this installation (AUTH-14).</summary>
public static class SiteAccess
{
    /// <summary>Everybody whom the provider knows.</summary>
    public const string Unrestricted = "unrestricted";

    /// <summary>Those who are allowed by name or by group, and members of any environment.</summary>
    public const string Restricted = "restricted";

    /// <summary>Those who are allowed by name or by group.</summary>
    public const string Required = "required";

    private static volatile Allowed _last = new("", []);

    private sealed record Allowed(string Text, FrozenSet<string> Keys);

    /// <summary>True where one of the identities ("type:externalId") may use this installation.</summary>
    public static bool Allows(Snapshot view, ProviderConfig config, IReadOnlyCollection<string> identities)
    {
        var mode = SettingsTable.Value(view, config.Find(ProviderConfig.AccessMode)!.Setting) is { Length: > 0 } set ? set : Unrestricted;
        if (mode == Unrestricted) return true;
        var allowed = AllowedKeys(SettingsTable.Value(view, config.Find(ProviderConfig.AllowedIdentities)!.Setting) ?? "");
        return identities.Any(allowed.Contains) || (mode == Restricted && identities.Any(key => IsMember(view, key)));
    }

    /// <summary>
    /// True where an account may go on with what it signed in with, session or key: the provider still has the person, and the site still lets
    /// it in. Environments, agents and services are no persons; their keys are theirs.
    /// </summary>
    public static bool LetsIn(Snapshot view, long account)
    {
        if (view.Get<Account>(account) is not { Kind: "user" or "admin" or "readAdmin" } person) return true;
        if (ProviderConfigs.Find(SettingsTable.Value(view, SignInSettings.Provider)) is not { } config) return true;
        if (person.IsGone && person.ExternalIdType == config.UserType) return false;
        return Allows(view, config, [.. Members.IdentitiesOf(view, account).Select(i => $"{i.Type}:{i.ExternalId}")]);
    }

    /// <summary>The refusal of the contract.</summary>
    public static ProblemException Refusal()
        => new(new Problem("AuthError", Message: "Your account does not have access", Status: 403));

    private static bool IsMember(Snapshot view, string key)
        => Identities.Parse(key) is { } who && view.By<ProjectMember>("externalId", who.ExternalId).Any(e => !e.IsRemoved && ((ProjectMember)e.Wanted).ExternalIdType == who.Type);

    private static FrozenSet<string> AllowedKeys(string text)
    {
        var last = _last;
        if (last.Text == text) return last.Keys;
        _last = last = new Allowed(text, Identities.Read(text).Select(Identities.KeyOf).ToFrozenSet(StringComparer.Ordinal));
        return last.Keys;
    }
}
