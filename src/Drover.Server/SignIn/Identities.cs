using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.SignIn.Configs;

namespace Drover.Server.SignIn;

/// <summary>Identities: how they are written, and who of them is an account of Drover's own.</summary>
public static class Identities
{
    private static readonly Kind Accounts = Catalog.All.FindKind("account")!;

    /// <summary>The identity that an account itself is.</summary>
    public static Identity Own(Account account, string? login) => new()
    {
        ExternalIdType = ProviderConfigs.Local.UserType,
        ExternalId = ResourceId.Format(Accounts, account.Id),
        Login = login ?? account.Name,
        Name = account.Name,
        User = true,
    };

    /// <summary>"type:externalId", as accounts remember what they are.</summary>
    public static string KeyOf(Identity identity) => $"{identity.ExternalIdType}:{identity.ExternalId}";

    /// <summary>The same of several, each once.</summary>
    public static EquatableArray<string> KeysOf(IEnumerable<Identity> identities) => identities.Select(KeyOf).Distinct().ToEquatableArray();

    /// <summary>Reads "type:externalId" with or without "1i!" before it; null for anything else.</summary>
    public static (string Type, string ExternalId)? Parse(string id)
    {
        var text = id.StartsWith(Identity.Prefix, StringComparison.OrdinalIgnoreCase) ? id[Identity.Prefix.Length..] : id;
        return text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < text.Length - 1 ? (text[..colon], text[(colon + 1)..]) : null;
    }

    /// <summary>The identity as it stands inside of a token.</summary>
    public static RawJson ToJson(Identity identity) => RawJson.From(new JsonObject
    {
        ["id"] = identity.WireId,
        ["type"] = "identity",
        ["all"] = null,
        ["externalId"] = identity.ExternalId,
        ["externalIdType"] = identity.ExternalIdType,
        ["login"] = identity.Login,
        ["name"] = identity.Name,
        ["profilePicture"] = identity.ProfilePicture,
        ["profileUrl"] = identity.ProfileUrl,
        ["projectId"] = null,
        ["role"] = identity.Role,
        ["user"] = identity.User,
    });

    /// <summary>Identities as a setting or a session keeps them.</summary>
    public static string Write(IEnumerable<Identity> identities) => JsonSerializer.Serialize(identities, ModelJson.Options);

    /// <summary>Reads what <see cref="Write"/> wrote; empty for rubbish.</summary>
    public static IReadOnlyList<Identity> Read(string? json)
    {
        if (json is not { Length: > 0 }) return [];
        try
        {
            return JsonSerializer.Deserialize<List<Identity>>(json, ModelJson.Options) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
