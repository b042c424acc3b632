using Drover.Model.Kernel;

namespace Drover.Model.Certificates;

/// <summary>A TLS certificate with its key, for load balancers.</summary>
[Kind("certificate", Lifecycle = "certificate")]
[Inherited("accountId", "r", MaxLength = 255, Filter = true, For = Roles.Service, ForAccess = "c")]
[Inherited("name", "cu", Required = true, Unique = true, MaxLength = 255, Filter = true)]
public sealed record Certificate : Resource
{
    [Field("r", Name = "CN", NotNull = true)]
    public string? CN { get; init; }

    [Field("r", NotNull = true)]
    public string? Algorithm { get; init; }

    [Field("cu", NotNull = true, Required = true, MaxLength = 65535, Filter = true, Reconciles = true)]
    public string? Cert { get; init; }

    [Field("cu", MaxLength = 65535, Filter = true)]
    public string? CertChain { get; init; }

    [Field("r", NotNull = true)]
    public string? CertFingerprint { get; init; }

    [Field("r", NotNull = true)]
    public string? ExpiresAt { get; init; }

    [Field("r", NotNull = true)]
    public string? IssuedAt { get; init; }

    [Field("r", NotNull = true)]
    public string? Issuer { get; init; }

    [Field("cuo", NotNull = true, Required = true, MaxLength = 65535, Filter = true, Reconciles = true, Secret = true), For(Roles.ProjectAdmin, "cu")]
    public string? Key { get; init; }

    [Field("r", NotNull = true)]
    public long? KeySize { get; init; }

    [Field("r", NotNull = true)]
    public string? SerialNumber { get; init; }

    [Field("r", NotNull = true)]
    public EquatableArray<string> SubjectAlternativeNames { get; init; }

    [Field("r", NotNull = true)]
    public string? Version { get; init; }
}
