using Drover.Model.Kernel;

namespace Drover.Model.Credentials;

/// <summary>A user name and password of a local account.</summary>
[Kind("password", Family = "credential", Lifecycle = "simple")]
[Allow(Roles.Admin | Roles.User, "crud")]
[Action("changesecret", Input = "changeSecretInput", Output = "changeSecretInput")]
[Inherited("accountId", "r", MaxLength = 255, Filter = true, For = Roles.Platform, ForAccess = "c")]
public sealed record Password : Resource
{
    /// <summary>The salted hash of the password.</summary>
    [Internal]
    public string? SecretHash { get; init; }

    [Field("c", MaxLength = 4096, Filter = true)]
    public string? PublicValue { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("storagePool")]
    public long? RegistryId { get; init; }

    [Field("co", Type = "password", MaxLength = 4096, Filter = true, Secret = true)]
    public string? SecretValue { get; init; }
}
