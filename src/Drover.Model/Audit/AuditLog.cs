using Drover.Model.Kernel;

namespace Drover.Model.Audit;

/// <summary>One change that somebody asked for: who, what, from where, with which answer.</summary>
[Kind("auditLog", IsHistory = true, Methods = "r")]
[Inherited("data", "-", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("uuid", "")]
[Inherited("name", "")]
[Inherited("removed", "")]
[Inherited("removeTime", "")]
public sealed record AuditLog : Resource
{
    [Field("r", Type = "enum", Required = true, MaxLength = 255, Options = ["AdminAuth", "BasicAuth", "RegistrationToken", "TokenAccount", "TokenAuth"], Filter = true, FilterAs = "string")]
    public string? AuthType { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("account"), Index]
    public long? AuthenticatedAsAccountId { get; init; }

    [Field("r", MaxLength = 255, Filter = true, FilterAs = "string"), Ref("identity")]
    public long? AuthenticatedAsIdentityId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? ClientIp { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? EventType { get; init; }

    [Field("r", NotNull = true)]
    public string? RequestObject { get; init; }

    [Field("-", NotNull = true)]
    public string? Resource { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public long? ResourceId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? ResourceType { get; init; }

    [Field("r", NotNull = true)]
    public long? ResponseCode { get; init; }

    [Field("r", NotNull = true)]
    public string? ResponseObject { get; init; }

    [Field("-", MaxLength = 255, Filter = true)]
    public long? Runtime { get; init; }

    /// <summary>"TYPE:ID" of the identity that somebody signed in with; what the wire shows as authenticatedAsIdentityId.</summary>
    [Internal]
    public string? IdentityId { get; init; }
}
