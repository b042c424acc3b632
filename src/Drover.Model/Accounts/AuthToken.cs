using Drover.Model.Kernel;

namespace Drover.Model.Accounts;

/// <summary>A stored sign-in: who somebody proved to be, under the hash of the key that the browser keeps.</summary>
[Kind("authToken", Methods = "")]
[Inherited("accountId", "r", NotNull = true, MaxLength = 255, Filter = true)]
[Inherited("created", "r", NotNull = true, MaxLength = 255, Filter = true)]
[Inherited("kind", "")]
[Inherited("uuid", "")]
[Inherited("name", "")]
[Inherited("description", "")]
[Inherited("removed", "")]
[Inherited("removeTime", "")]
[Inherited("data", "")]
public sealed record AuthToken : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public long? AuthenticatedAsAccountId { get; init; }

    [Field("r", NotNull = true, MaxLength = 255, Filter = true)]
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Hash of the session key; the key itself is kept nowhere.</summary>
    [Field("r", MaxLength = 40, Filter = true), Index]
    public string? Key { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? Provider { get; init; }

    /// <summary>What the provider said of the person, as JSON: identities and login.</summary>
    [Field("r", MaxLength = 16777215, Filter = true)]
    public string? Value { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? Version { get; init; }
}
