using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.SignIn.Configs;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Drover.Server.SignIn.Web;

/// <summary>OpenID Connect by code flow with PKCE (OpenID Connect Core 1.0, RFC 7636). People come through <see cref="OidcRoutes"/>; a bare code is not taken.</summary>
public sealed class OidcProvider(ProviderHttp http, HttpClient documents) : ISignInProvider
{
    /// <summary>Signatures with the provider's public key; "none" and those made with shared secrets are not among them.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private readonly Lock _lock = new();
    private (string Issuer, ConfigurationManager<OpenIdConnectConfiguration> Manager)? _known;

    public ProviderConfig Config => ProviderConfigs.OpenIdConnect;

    public string RedirectUrl(ProviderValues values, string origin) => origin + OidcRoutes.LoginPath;

    public Task<SignedIn> SignInAsync(ProviderValues values, string code, CancellationToken cancel)
        => throw new ProblemException(new Problem("codeInvalid", Message: $"Sign in with a browser at {OidcRoutes.LoginPath}", Status: 400));

    /// <summary>There is no search in OpenID Connect: who is not known yet is named by exact id.</summary>
    public Task<IReadOnlyList<Identity>> SearchAsync(ProviderValues values, string text, bool exact, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Identity>>([]);

    public Task<Identity?> FindAsync(ProviderValues values, string type, string externalId, CancellationToken cancel) => Task.FromResult<Identity?>(null);

    /// <summary>Reads the provider's own description.</summary>
    public Task CheckAsync(ProviderValues values, CancellationToken cancel) => DescriptionAsync(values, cancel);

    /// <summary>Where to send a browser.</summary>
    public async Task<string> AuthorizeUrlAsync(ProviderValues values, PendingLogin login, string callback, CancellationToken cancel)
    {
        var description = await DescriptionAsync(values, cancel);
        return new OpenIdConnectMessage
        {
            IssuerAddress = description.AuthorizationEndpoint,
            ClientId = values.Need("clientId"),
            ResponseType = OpenIdConnectResponseType.Code,
            Scope = values["scopes"] ?? "openid",
            RedirectUri = callback,
            State = login.Id,
            Nonce = NonceOf(login),
            EnableTelemetryParameters = false,
            Parameters = { ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(login.Verifier))), ["code_challenge_method"] = "S256" },
        }.CreateAuthenticationRequestUrl();
    }

    /// <summary>Exchanges a code and reads the signed token. Throws 401 for whatever does not fit.</summary>
    public async Task<SignedIn> ExchangeAsync(ProviderValues values, PendingLogin login, string code, string callback, CancellationToken cancel)
    {
        var description = await DescriptionAsync(values, cancel);
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = callback, ["code_verifier"] = login.Verifier };
        var methods = description.TokenEndpointAuthMethodsSupported;
        AuthenticationHeaderValue? basic = null;
        if (methods.Count > 0 && !methods.Contains("client_secret_basic")) (form["client_id"], form["client_secret"]) = (values.Need("clientId"), values.Need("clientSecret"));
        else basic = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(values.Need("clientId"))}:{Uri.EscapeDataString(values.Need("clientSecret"))}")));
        var answer = await http.PostAsync(description.TokenEndpoint, form, basic, cancel);
        if (answer.Status != 200 || answer.Text("id_token") is not { } token) throw Refused("The provider refuses the code");
        return Read(values, await ValidateAsync(values, description, token, login, cancel));
    }

    /// <summary>What a login's token must repeat.</summary>
    public static string NonceOf(PendingLogin login) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes("nonce " + login.Verifier)));

    private async Task<JsonWebToken> ValidateAsync(ProviderValues values, OpenIdConnectConfiguration description, string token, PendingLogin login, CancellationToken cancel)
    {
        var result = await CheckAsync(values, description, token);
        if (!result.IsValid && result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The provider may have changed its keys since they were read.
            Manager(values.Need("issuer")).RequestRefresh();
            result = await CheckAsync(values, await DescriptionAsync(values, cancel), token);
        }

        if (!result.IsValid) throw Refused($"The provider's token is not valid: {result.Exception?.GetType().Name}");
        var read = (JsonWebToken)result.SecurityToken;
        if (Claim(read, "nonce") != NonceOf(login)) throw Refused("The provider's token is of another sign-in");
        if (read.Audiences.Count() > 1 && Claim(read, "azp") != values.Need("clientId")) throw Refused("The provider's token is for another application");
        return read;
    }

    private static Task<TokenValidationResult> CheckAsync(ProviderValues values, OpenIdConnectConfiguration description, string token)
        => new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = values.Need("issuer"),
            ValidAudience = values.Need("clientId"),
            IssuerSigningKeys = description.SigningKeys,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            TryAllIssuerSigningKeys = true,
            ClockSkew = TimeSpan.FromMinutes(1),
        });

    private SignedIn Read(ProviderValues values, JsonWebToken token)
    {
        var login = Claim(token, values.Need("loginClaim")) ?? Claim(token, "email");
        var user = new Identity
        {
            ExternalIdType = Config.UserType,
            ExternalId = Claim(token, "sub") ?? throw Refused("The provider's token names nobody"),
            Login = login,
            Name = Claim(token, values.Need("nameClaim")) ?? login,
            User = true,
        };
        var groups = values["groupsClaim"] is { } claim ? token.Claims.Where(c => c.Type == claim).Select(c => c.Value).Where(v => v.Length is > 0 and <= 255).Distinct().Take(1000) : [];
        return new SignedIn(user, [user, .. groups.Select(g => new Identity { ExternalIdType = Config.GroupTypes[0], ExternalId = g, Login = g, Name = g, User = false })], "oidcjwt", login);
    }

    private async Task<OpenIdConnectConfiguration> DescriptionAsync(ProviderValues values, CancellationToken cancel)
    {
        var issuer = values.Need("issuer");
        try
        {
            var description = await Manager(issuer).GetConfigurationAsync(cancel);
            return description.Issuer == issuer ? description : throw ProviderHttp.Unavailable($"The provider calls itself {description.Issuer}, not {issuer}");
        }
        catch (Exception failed) when (failed is InvalidOperationException or IOException or HttpRequestException or ArgumentException)
        {
            throw ProviderHttp.Unavailable($"{issuer}: {failed.Message}");
        }
    }

    private ConfigurationManager<OpenIdConnectConfiguration> Manager(string issuer)
    {
        lock (_lock)
        {
            if (_known is { } known && known.Issuer == issuer) return known.Manager;
            var isLocal = Uri.TryCreate(issuer, UriKind.Absolute, out var address) && address.IsLoopback;
            var manager = new ConfigurationManager<OpenIdConnectConfiguration>(
                issuer.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(documents) { RequireHttps = !isLocal });
            _known = (issuer, manager);
            return manager;
        }
    }

    private static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) && value is { Length: > 0 and <= 255 } ? value : null;

    private static ProblemException Refused(string detail) => new(Problem.Unauthorized(detail));
}
