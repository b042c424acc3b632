using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.SignIn.Configs;

namespace Drover.Server.SignIn.Saml;

/// <summary>SAML identity providers such as Shibboleth (AUTH-13). People come through <see cref="SamlRoutes"/>; attributes that somebody posts are not taken.</summary>
public sealed class SamlProvider(HttpClient documents, TimeProvider time) : ISignInProvider
{
    /// <summary>Identity providers change their certificates; after this time their metadata are read again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(30);

    private (string Source, SamlMetadata Metadata, DateTimeOffset Read)? _known;

    public ProviderConfig Config => ProviderConfigs.Saml;

    public string RedirectUrl(ProviderValues values, string origin) => (Origin.Set(values.View) ?? origin) + SamlRoutes.LoginPath;

    public Task<SignedIn> SignInAsync(ProviderValues values, string code, CancellationToken cancel)
        => throw new ProblemException(new Problem("codeInvalid", Message: $"Sign in with a browser at {SamlRoutes.LoginPath}", Status: 400));

    /// <summary>There is no search in SAML: who is not known yet is named by exact id.</summary>
    public Task<IReadOnlyList<Identity>> SearchAsync(ProviderValues values, string text, bool exact, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Identity>>([]);

    public Task<Identity?> FindAsync(ProviderValues values, string type, string externalId, CancellationToken cancel) => Task.FromResult<Identity?>(null);

    /// <summary>Reads the identity provider's metadata. This server's own name must be set: it is what an answer is checked against.</summary>
    public Task CheckAsync(ProviderValues values, CancellationToken cancel)
    {
        SamlSite.Of(values.View);
        return MetadataAsync(values, cancel);
    }

    /// <summary>The identity provider, from the text or the address that is set. Throws 400 where it cannot be used.</summary>
    public async Task<SamlMetadata> MetadataAsync(ProviderValues values, CancellationToken cancel)
    {
        var source = values["idpMetadataContent"] ?? values.Need("idpMetadataUrl");
        if (_known is { } known && known.Source == source && time.GetUtcNow() < known.Read + Fresh) return known.Metadata;
        try
        {
            var metadata = SamlMetadata.Parse(values["idpMetadataContent"] ?? await documents.GetStringAsync(new Uri(source, UriKind.Absolute), cancel));
            _known = (source, metadata, time.GetUtcNow());
            return metadata;
        }
        catch (Exception failed) when (failed is SamlException or HttpRequestException or UriFormatException or NotSupportedException || (failed is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ProblemException(new Problem("InvalidSamlConfig", Message: $"The identity provider's metadata cannot be used: {failed.Message}", Status: 400));
        }
    }

    /// <summary>Who an assertion is about. Throws <see cref="SamlException"/> where it lacks the attribute that names people.</summary>
    public SignedIn Read(ProviderValues values, SamlAssertion assertion)
    {
        string? One(string field) => values[field] is { } name && assertion.Attributes.TryGetValue(name, out var found) && found.Length > 0 ? found[0] : null;
        var id = One("uidField") ?? throw new SamlException($"the assertion has no attribute {values["uidField"]}");
        var login = One("userNameField") ?? id;
        var user = new Identity { ExternalIdType = Config.UserType, ExternalId = id, Login = login, Name = One("displayNameField") ?? login, User = true };
        var groups = values["groupsField"] is { } name && assertion.Attributes.TryGetValue(name, out var all) ? all : [];
        return new SignedIn(user, [user, .. groups.Distinct().Take(1000).Select(g => new Identity { ExternalIdType = Config.GroupTypes[0], ExternalId = g, Login = g, Name = g, User = false })], "shibbolethjwt", login) { Subject = assertion.Subject };
    }
}
