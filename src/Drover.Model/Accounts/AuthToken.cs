using Drover.Model.Kernel;

namespace Drover.Model.Accounts;

/// <summary>A stored sign-in.</summary>
[Kind("authToken", IsView = true, Methods = "")]
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

    [Field("r", MaxLength = 40, Filter = true)]
    public string? Key { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? Provider { get; init; }

    [Field("r", MaxLength = 16777215, Filter = true)]
    public string? Value { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? Version { get; init; }
}
