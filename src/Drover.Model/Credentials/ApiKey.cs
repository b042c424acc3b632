using Drover.Model.Kernel;

namespace Drover.Model.Credentials;

/// <summary>A key pair that signs in over HTTP Basic; the secret is kept as a hash.</summary>
[Kind("apiKey", Family = "credential", Lifecycle = "simple")]
[Inherited("accountId", "r", MaxLength = 255, Filter = true, For = Roles.Admin | Roles.Service, ForAccess = "c")]
[Allow(Roles.Admin | Roles.User, "crud")]
[View("registryId", "reference[storagePool]", "-", MaxLength = 255, Filter = true)]
public sealed record ApiKey : Resource
{
    /// <summary>The salted hash of the secret.</summary>
    [Internal]
    public string? SecretHash { get; init; }

    [Field("r", MaxLength = 4096, Filter = true), Index, For(Roles.Admin | Roles.Service, "c")]
    public string? PublicValue { get; init; }

    [Field("o", Type = "password", MaxLength = 4096, Filter = true, Secret = true), For(Roles.Admin | Roles.Service, "co")]
    public string? SecretValue { get; init; }
}
