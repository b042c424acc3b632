using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.SignIn.Configs;

namespace Drover.Server.SignIn.Web;

/// <summary>
/// GitHub and GitHub Enterprise: people, organisations and teams by OAuth code (AUTH-12). A person's access token is in memory alone, to ask for
/// organisations and teams again; it is never stored.
/// </summary>
public sealed class GitHubProvider(ProviderHttp http) : ISignInProvider
{
    /// <summary>Tokens in memory at most; people beyond them keep what they were at their sign-in until its session is over.</summary>
    private const int MostTokens = 10_000;

    private const string User = "github_user", Organisation = "github_org", Team = "github_team";

    private readonly ConcurrentDictionary<string, string> _tokens = new(StringComparer.Ordinal);

    public ProviderConfig Config => ProviderConfigs.GitHub;

    public string RedirectUrl(ProviderValues values, string origin)
        => $"{Site(values)}/login/oauth/authorize?client_id={Uri.EscapeDataString(values["clientId"] ?? "")}&scope=read:org";

    public async Task<SignedIn> SignInAsync(ProviderValues values, string code, CancellationToken cancel)
    {
        var form = new Dictionary<string, string> { ["client_id"] = values.Need("clientId"), ["client_secret"] = values.Need("clientSecret"), ["code"] = code };
        var answer = await http.PostAsync($"{Site(values)}/login/oauth/access_token", form, null, cancel);
        // GitHub says 200 to wrong codes too, with "error" in place of the token.
        if (answer.Text("access_token") is not { Length: > 0 } token) throw new ProblemException(new Problem("AuthError", Message: "GitHub refuses the code", Status: 401));
        var bearer = new AuthenticationHeaderValue("Bearer", token);
        var user = PersonOf(await NeedAsync($"{Api(values)}/user", bearer, cancel));
        var groups = await GroupsAsync(values, bearer, cancel);
        if (_tokens.Count < MostTokens || _tokens.ContainsKey(user.ExternalId!)) _tokens[user.ExternalId!] = token;
        return new SignedIn(user, [user, .. groups], "githubjwt");
    }

    /// <summary>Asks with the access token of the newest sign-in; null where it is not in memory any more. Who takes the token back is in no group; who is suspended is gone.</summary>
    public async Task<Membership?> AskAsync(ProviderValues values, string externalId, CancellationToken cancel)
    {
        if (!_tokens.TryGetValue(externalId, out var token)) return null;
        var bearer = new AuthenticationHeaderValue("Bearer", token);
        var person = await http.GetAsync($"{Api(values)}/user", bearer, cancel);
        if (IsSuspended(person)) return Membership.Gone;
        if (person.Status != 401) return new Membership(false, [.. await GroupsAsync(values, bearer, cancel)]);
        _tokens.TryRemove(KeyValuePair.Create(externalId, token));
        return new Membership(false, []);
    }

    public async Task<IReadOnlyList<Identity>> SearchAsync(ProviderValues values, string text, bool exact, CancellationToken cancel)
    {
        if (exact)
        {
            var one = await http.GetAsync($"{Api(values)}/users/{Uri.EscapeDataString(text)}", App(values), cancel);
            return one.Status == 200 ? [AnyOf(one.Json)] : [];
        }

        var found = await http.GetAsync($"{Api(values)}/search/users?per_page=50&q={Uri.EscapeDataString(text)}", App(values), cancel);
        return found.Status == 200 && found.Json.TryGetProperty("items", out var items) ? [.. items.EnumerateArray().Select(AnyOf)] : [];
    }

    public async Task<Identity?> FindAsync(ProviderValues values, string type, string externalId, CancellationToken cancel)
    {
        if (!externalId.All(char.IsAsciiDigit)) return null;
        if (type == Team) return null; // GitHub shows teams to their members alone
        var answer = await http.GetAsync($"{Api(values)}/{(type == User ? "user" : "organizations")}/{externalId}", App(values), cancel);
        return answer.Status == 200 ? type == User ? PersonOf(answer.Json) : OrganisationOf(answer.Json) : null;
    }

    private async Task<IEnumerable<Identity>> GroupsAsync(ProviderValues values, AuthenticationHeaderValue bearer, CancellationToken cancel)
    {
        var organisations = await AllAsync($"{Api(values)}/user/orgs?per_page=100", bearer, cancel);
        var teams = await AllAsync($"{Api(values)}/user/teams?per_page=100", bearer, cancel);
        return organisations.Select(OrganisationOf).Concat(teams.Select(TeamOf));
    }

    private async Task<JsonElement> NeedAsync(string url, AuthenticationHeaderValue bearer, CancellationToken cancel)
    {
        var answer = await http.GetAsync(url, bearer, cancel);
        if (answer.Status == 200) return answer.Json;
        throw answer.Status is 429 or >= 500 || IsLimited(answer)
            ? ProviderHttp.Unavailable($"{url} says {answer.Status}")
            : new ProblemException(new Problem("AuthError", Message: "GitHub refuses the access token", Status: 401));
    }

    /// <summary>GitHub refuses the token of a suspended person with 403, and whom it answered too often as well: the latter is no word about the person.</summary>
    private static bool IsSuspended(ProviderHttp.Reply answer) => answer.Status == 403 && answer.Text("message") is not null && !IsLimited(answer);

    /// <summary>Not all limits are told by headers.</summary>
    private static bool IsLimited(ProviderHttp.Reply answer)
        => answer.Status == 403 && (answer.IsSpent || answer.Text("message")?.Contains("rate limit", StringComparison.OrdinalIgnoreCase) == true);

    private async Task<IEnumerable<JsonElement>> AllAsync(string url, AuthenticationHeaderValue bearer, CancellationToken cancel)
    {
        var all = new List<JsonElement>();
        for (var page = 1; page <= 10; page++)
        {
            var answer = await NeedAsync($"{url}&page={page}", bearer, cancel);
            if (answer.ValueKind != JsonValueKind.Array) throw ProviderHttp.Unavailable($"{url} is no list");
            all.AddRange(answer.EnumerateArray());
            if (answer.GetArrayLength() < 100) break;
        }

        return all;
    }

    /// <summary>Public questions are asked as the application.</summary>
    private static AuthenticationHeaderValue App(ProviderValues values)
        => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{values["clientId"]}:{values["clientSecret"]}")));

    private static string Site(ProviderValues values) => values["hostname"] is { } host ? $"{values["scheme"] ?? "https://"}{host}" : "https://github.com";

    private static string Api(ProviderValues values) => values["hostname"] is not null ? $"{Site(values)}/api/v3" : "https://api.github.com";

    private static Identity AnyOf(JsonElement found) => Text(found, "type") == "Organization" ? OrganisationOf(found) : PersonOf(found);

    private static Identity PersonOf(JsonElement found) => Of(User, found, true);

    private static Identity OrganisationOf(JsonElement found) => Of(Organisation, found, false);

    private static Identity TeamOf(JsonElement found) => Of(Team, found, false) with { Login = Text(found, "slug") };

    private static Identity Of(string type, JsonElement found, bool isUser) => new()
    {
        ExternalIdType = type,
        ExternalId = found.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number ? id.GetRawText() : throw ProviderHttp.Unavailable("an object of GitHub has no id"),
        Login = Text(found, "login"),
        Name = Text(found, "name") ?? Text(found, "login"),
        ProfilePicture = Text(found, "avatar_url"),
        ProfileUrl = Text(found, "html_url"),
        User = isUser,
    };

    private static string? Text(JsonElement found, string name) => found.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
