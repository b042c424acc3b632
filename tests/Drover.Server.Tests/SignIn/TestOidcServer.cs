using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Drover.Server.Tests.SignIn;

/// <summary>A small OpenID Connect provider on loopback with keys of its own: signs real tokens, and wrong ones where a test asks for them.</summary>
internal sealed class TestOidcServer : IAsyncDisposable
{
    public const string ClientId = "drover", ClientSecret = "client-secret";

    private readonly RSA _key = RSA.Create(2048);
    private readonly Dictionary<string, (string Challenge, string Nonce)> _codes = [];
    private StubServer _server = null!;

    public string Issuer => _server.Url;

    /// <summary>Makes the token out of the claims that a right one has.</summary>
    public Func<TestOidcServer, Dictionary<string, object>, string> Issue { get; set; } = (server, claims) => server.Sign(claims);

    public static async Task<TestOidcServer> StartAsync()
    {
        var server = new TestOidcServer();
        server._server = await StubServer.StartAsync(server.AnswerAsync);
        return server;
    }

    /// <summary>What the person's consent leads to: a code, good for once.</summary>
    public (string Code, string State) Consent(Uri asked)
    {
        var query = QueryHelpers.ParseQuery(asked.Query);
        query["client_id"].ToString().ShouldBe(ClientId);
        query["response_type"].ToString().ShouldBe("code");
        query["code_challenge_method"].ToString().ShouldBe("S256");
        query["scope"].ToString().ShouldContain("openid");
        var code = Guid.NewGuid().ToString();
        _codes[code] = (query["code_challenge"].ToString(), query["nonce"].ToString());
        return (code, query["state"].ToString());
    }

    public string Sign(Dictionary<string, object> claims, SecurityKey? key = null, string algorithm = "RS256")
        => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor { Claims = claims, SigningCredentials = new SigningCredentials(key ?? Key, algorithm) });

    public RsaSecurityKey Key => new(_key) { KeyId = "k1" };

    /// <summary>The public key as text: what who confuses algorithms signs with.</summary>
    public byte[] PublicKeyText => Encoding.UTF8.GetBytes(_key.ExportSubjectPublicKeyInfoPem());

    public static string Unsigned(Dictionary<string, object> claims)
        => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{Base64UrlEncoder.Encode(JsonSerializer.Serialize(claims))}.";

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _key.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        var answer = http.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => JsonSerializer.Serialize(new { issuer = Issuer, authorization_endpoint = Issuer + "/authorize", token_endpoint = Issuer + "/token", jwks_uri = Issuer + "/keys" }),
            "/keys" => Keys(),
            "/token" => await TokenAsync(http),
            _ => "{}",
        };
        await http.Response.WriteAsync(answer);
    }

    private string Keys()
    {
        var key = _key.ExportParameters(false);
        return JsonSerializer.Serialize(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "k1", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } });
    }

    private async Task<string> TokenAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var form = QueryHelpers.ParseQuery(await reader.ReadToEndAsync());
        var isClient = http.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
        if (!isClient || !_codes.Remove(form["code"].ToString(), out var asked)
            || asked.Challenge != Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))))
        {
            http.Response.StatusCode = 400;
            return """{"error":"invalid_grant"}""";
        }

        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Issuer, ["aud"] = ClientId, ["sub"] = "u-1", ["iat"] = now, ["exp"] = now + 300, ["nonce"] = asked.Nonce,
            ["preferred_username"] = "ann", ["name"] = "Ann Smith", ["groups"] = new[] { "devs", "ops" },
        };
        return JsonSerializer.Serialize(new { access_token = "a", token_type = "Bearer", id_token = Issue(this, claims) });
    }
}
