using Drover.Model.Kernel;

namespace Drover.Model.Accounts;

/// <summary>A sign-in: what a browser sends with each request, and to whom it belongs.</summary>
[Kind("token", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Token, "crd")]
[Inherited("accountId", "r", Type = "string", For = Roles.Token, ForAccess = "r")]
public sealed record Token : Resource, IOwnId
{
    /// <summary>There is one, and it has no id.</summary>
    public string? WireId => null;

    [Field("r"), For(Roles.Token, "r")]
    public string? AuthProvider { get; init; }

    [Field("r")]
    public long? AuthenticatedAsAccountId { get; init; }

    [Field("r", Required = true), For(Roles.Token, "c")]
    public string? Code { get; init; }

    [Field("r"), For(Roles.Token, "r")]
    public bool? Enabled { get; init; }

    [Field("r", Type = "array[identity]")]
    public RawJson? Identities { get; init; }

    [Field("r"), For(Roles.Token, "r")]
    public string? Jwt { get; init; }

    [Field("r", NotNull = true), For(Roles.Token, "r")]
    public string? OriginalLogin { get; init; }

    [Field("r"), For(Roles.Token, "r")]
    public string? RedirectUrl { get; init; }

    [Field("r"), For(Roles.Token, "r")]
    public bool? Security { get; init; }

    [Field("r"), For(Roles.Token, "r")]
    public string? User { get; init; }

    [Field("r", Type = "identity"), For(Roles.Token, "r")]
    public RawJson? UserIdentity { get; init; }

    [Field("r"), For(Roles.Token, "r")]
    public string? UserType { get; init; }
}
