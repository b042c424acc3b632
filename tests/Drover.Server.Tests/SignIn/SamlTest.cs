using System.Security.Cryptography;
using System.Text;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.SignIn;

/// <summary>A server that signs in through a SAML identity provider of the test.</summary>
public abstract class SamlTest : BrowserTest
{
    protected const string Login = "/v1-auth/saml/login";

    protected static RSA OurKey { get; } = RSA.Create(2048);

    private protected async Task<TestSamlServer> ConfigureAsync()
    {
        var server = new TestSamlServer();
        await NameAsync();
        var reply = await PostAsync(server.Metadata);
        reply.Status.ShouldBe(200, reply.Text);
        reply.Text.ShouldNotContain("PRIVATE");
        return server;
    }

    protected Task<Reply> PostAsync(string metadata) => Api.PostAsync(
        Site + "/v1-auth/config",
        new
        {
            provider = "shibbolethconfig",
            enabled = false,
            accessMode = "unrestricted",
            shibbolethConfig = new { idpMetadataContent = metadata, spKey = OurKey.ExportPkcs8PrivateKeyPem(), groupsField = "groups", displayNameField = "displayName", userNameField = "uid", uidField = "urn:oid:uid" },
        });

    /// <summary>Gives the server its name.</summary>
    protected async Task NameAsync() => (await Api.PutAsync("/settings/api.host", new { value = Site })).Status.ShouldBe(200);

    protected Task<Reply> ConsumeAsync(string xml, params (string Name, string Value)[] headers)
        => PostFormAsync(Site + "/v1-auth/saml/acs", "SAMLResponse", Convert.ToBase64String(Encoding.UTF8.GetBytes(xml)), headers);

    /// <summary>Posts a form as a page of the identity provider does.</summary>
    protected async Task<Reply> PostFormAsync(string url, string name, string value, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { [name] = value });
        request.Headers.Add("Origin", "https://idp.lab.test");
        foreach (var header in headers) request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        using var response = await Api.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers);
    }

    protected async Task<Reply> ReturnAsync(string xml, (string Name, string Value) cookie)
    {
        var consumed = await ConsumeAsync(xml);
        consumed.Status.ShouldBe(303, consumed.Text);
        var next = consumed.Headers.Location!.ToString();
        return next.Contains("/finish?", StringComparison.Ordinal) ? await Api.GetAsync(Site + next, cookie) : consumed;
    }
}
