using System.Collections.Immutable;
using Drover.Model.Accounts;
using Drover.Server.SignIn.Configs;
using Drover.Server.SignIn.Saml;

namespace Drover.Server.SignIn;

/// <summary>Who somebody proved to be.</summary>
/// <param name="User">The person.</param>
/// <param name="Identities">All that the person is: the person and each group, nested ones included.</param>
/// <param name="TokenType">1.6's word for the kind of proof, such as "localAuthJWT".</param>
/// <param name="OriginalLogin">The login before it was mapped; null where it was not.</param>
public sealed record SignedIn(Identity User, ImmutableArray<Identity> Identities, string TokenType, string? OriginalLogin = null)
{
    /// <summary>What a SAML identity provider calls the person in this session; null for all others.</summary>
    public SamlSubject? Subject { get; init; }
}

/// <summary>What a provider says of a person without the person's help.</summary>
/// <param name="IsGone">True where it has no such person any more, or has disabled it.</param>
/// <param name="Groups">Each group, nested ones included.</param>
public sealed record Membership(bool IsGone, ImmutableArray<Identity> Groups)
{
    public static Membership Gone { get; } = new(true, []);
}

/// <summary>Something that knows people: checks who they are, and finds them and their groups. Problems come out as exceptions.</summary>
public interface ISignInProvider
{
    ProviderConfig Config { get; }

    /// <summary>Checks what somebody brought: "user:password" or a code of a redirect.</summary>
    Task<SignedIn> SignInAsync(ProviderValues values, string code, CancellationToken cancel);

    /// <summary>People and groups whose login or name is the text, or holds it.</summary>
    Task<IReadOnlyList<Identity>> SearchAsync(ProviderValues values, string text, bool exact, CancellationToken cancel);

    /// <summary>One person or group; null where the provider knows none.</summary>
    Task<Identity?> FindAsync(ProviderValues values, string type, string externalId, CancellationToken cancel);

    /// <summary>What a person is now; null where this provider cannot be asked without the person. Throws where it does not answer.</summary>
    Task<Membership?> AskAsync(ProviderValues values, string externalId, CancellationToken cancel) => Task.FromResult<Membership?>(null);

    /// <summary>Tries the values out as far as that goes without a person. Throws a problem that says what is wrong.</summary>
    Task CheckAsync(ProviderValues values, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Where browsers are sent to sign in; null for providers that take a password.</summary>
    string? RedirectUrl(ProviderValues values, string origin) => null;
}
