using System.Net.Http.Headers;
using System.Text.Json;
using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.SignIn.Configs;

namespace Drover.Server.SignIn.Web;

/// <summary>Azure AD: "user:password" is exchanged for an access token, with which people and groups are read (AUTH-11).</summary>
public sealed class AzureProvider(ProviderHttp http) : ISignInProvider
{
    private const string Person = "azuread_user", Group = "azuread_group";

    public ProviderConfig Config => ProviderConfigs.Azure;

    public async Task<SignedIn> SignInAsync(ProviderValues values, string code, CancellationToken cancel)
    {
        if (code.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon)) throw new ProblemException(new Problem("MalformedCode", Message: "The code is \"user:password\"", Status: 400));
        if (values["clientId"] is null || values["tenantId"] is null) throw new ProblemException(new Problem("azureadconfig", Message: "Azure AD is not configured", Status: 503));
        var bearer = await TokenAsync(values, code[..colon], code[(colon + 1)..], cancel);
        var user = PersonOf(await NeedAsync($"{Graph(values)}/me", bearer, cancel));
        return new SignedIn(user, [user, .. await GroupsAsync(values, "me", bearer, cancel)], "azureadjwt");
    }

    /// <summary>Asks as the administrator's account; null where none is given.</summary>
    public async Task<Membership?> AskAsync(ProviderValues values, string externalId, CancellationToken cancel)
    {
        if (!Guid.TryParse(externalId, out var id)) return null;
        AuthenticationHeaderValue? bearer;
        try
        {
            bearer = await AdminAsync(values, cancel);
        }
        catch (ProblemException refused) when (refused.Problem.Status == 401)
        {
            throw new ProblemException(new Problem("AzureUnavailable", Message: "Azure AD refuses the administrator's account", Status: 503));
        }

        if (bearer is null) return null;
        var person = await http.GetAsync($"{Graph(values)}/users/{id}?$select=id,accountEnabled", bearer, cancel);
        if (person.Status == 404) return Membership.Gone;
        if (person.Status != 200) throw Unknown();
        var isDisabled = person.Json.ValueKind == JsonValueKind.Object && person.Json.TryGetProperty("accountEnabled", out var enabled) && enabled.ValueKind == JsonValueKind.False;
        return isDisabled ? Membership.Gone : new Membership(false, [.. await GroupsAsync(values, $"users/{id}", bearer, cancel)]);
    }

    public async Task<IReadOnlyList<Identity>> SearchAsync(ProviderValues values, string text, bool exact, CancellationToken cancel)
    {
        if (await AdminAsync(values, cancel) is not { } bearer) return [];
        var literal = text.Replace("'", "''", StringComparison.Ordinal);
        string Filter(string login, string name) => Uri.EscapeDataString(exact ? $"{login} eq '{literal}' or {name} eq '{literal}'" : $"startswith({login},'{literal}') or startswith({name},'{literal}')");
        var people = await http.GetAsync($"{Graph(values)}/users?$filter={Filter("userPrincipalName", "displayName")}", bearer, cancel);
        var groups = await http.GetAsync($"{Graph(values)}/groups?$filter={Filter("mailNickname", "displayName")}", bearer, cancel);
        return [.. Items(people.Json).Select(PersonOf), .. Items(groups.Json).Select(GroupOf)];
    }

    public async Task<Identity?> FindAsync(ProviderValues values, string type, string externalId, CancellationToken cancel)
    {
        if (!Guid.TryParse(externalId, out var id) || await AdminAsync(values, cancel) is not { } bearer) return null;
        var answer = await http.GetAsync($"{Graph(values)}/{(type == Person ? "users" : "groups")}/{id}", bearer, cancel);
        return answer.Status == 200 ? type == Person ? PersonOf(answer.Json) : GroupOf(answer.Json) : null;
    }

    /// <summary>Signs in the administrator's account, where one is given.</summary>
    public Task CheckAsync(ProviderValues values, CancellationToken cancel) => AdminAsync(values, cancel);

    private async Task<AuthenticationHeaderValue?> AdminAsync(ProviderValues values, CancellationToken cancel)
        => values["adminAccountUsername"] is { } user && values["adminAccountPassword"] is { } password ? await TokenAsync(values, user, password, cancel) : null;

    private async Task<AuthenticationHeaderValue> TokenAsync(ProviderValues values, string user, string password, CancellationToken cancel)
    {
        if (password.Length == 0) throw SignInAccounts.Unauthorized();
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = values.Need("clientId"),
            ["scope"] = "https://graph.microsoft.com/.default",
            ["username"] = user.Contains('@', StringComparison.Ordinal) || values["domain"] is not { } domain ? user : $"{user}@{domain}",
            ["password"] = password,
        };
        var answer = await http.PostAsync($"{values.Need("loginUrl").TrimEnd('/')}/{Uri.EscapeDataString(values.Need("tenantId"))}/oauth2/v2.0/token", form, null, cancel);
        if (answer.Status >= 500) throw new ProblemException(new Problem("AzureUnavailable", Message: "Azure AD does not answer", Status: 503));
        if (answer.Text("access_token") is { Length: > 0 } token) return new AuthenticationHeaderValue("Bearer", token);
        throw answer.Text("error") is "invalid_grant" ? SignInAccounts.Unauthorized()
            : new ProblemException(new Problem("AzureAccessToken", Message: "Azure AD refuses this application", Status: 500, Detail: answer.Text("error")));
    }

    /// <summary>The groups of a person, those in which its groups are included.</summary>
    private async Task<List<Identity>> GroupsAsync(ProviderValues values, string person, AuthenticationHeaderValue bearer, CancellationToken cancel)
    {
        var groups = new List<Identity>();
        for (var next = $"{Graph(values)}/{person}/transitiveMemberOf?$top=200"; next is not null && groups.Count < 2000;)
        {
            var page = await NeedAsync(next, bearer, cancel);
            groups.AddRange(Items(page).Where(IsGroup).Select(GroupOf));
            next = Text(page, "@odata.nextLink") is { } link && link.StartsWith(Graph(values), StringComparison.Ordinal) ? link : null;
        }

        return groups;
    }

    private async Task<JsonElement> NeedAsync(string url, AuthenticationHeaderValue bearer, CancellationToken cancel)
    {
        var answer = await http.GetAsync(url, bearer, cancel);
        return answer.Status == 200 ? answer.Json : throw Unknown();
    }

    private static ProblemException Unknown() => new(new Problem("AzureError", Message: "Azure AD does not tell who this is", Status: 503));

    private static string Graph(ProviderValues values) => $"{values.Need("graphUrl").TrimEnd('/')}/v1.0";

    private static List<JsonElement> Items(JsonElement page) => page.ValueKind == JsonValueKind.Object && page.TryGetProperty("value", out var items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    private static bool IsGroup(JsonElement item) => Text(item, "@odata.type") is null or "#microsoft.graph.group";

    private static Identity PersonOf(JsonElement found) => Of(Person, found, "userPrincipalName", true);

    private static Identity GroupOf(JsonElement found) => Of(Group, found, "mailNickname", false);

    private static Identity Of(string type, JsonElement found, string login, bool isUser) => new()
    {
        ExternalIdType = type,
        ExternalId = Text(found, "id") ?? throw new ProblemException(new Problem("AzureError", Message: "An object of Azure AD has no id", Status: 503)),
        Login = Text(found, login) ?? Text(found, "displayName"),
        Name = Text(found, "displayName"),
        User = isUser,
    };

    private static string? Text(JsonElement found, string name) => found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
