using Drover.Model.Kernel;

namespace Drover.Model.Credentials;

/// <summary>Lets hosts join one environment.</summary>
[Kind("registrationToken", Family = "credential", Methods = "cr", Lifecycle = "simple")]
[Inherited("accountId", "r", MaxLength = 255, Filter = true, For = Roles.Service, ForAccess = "c")]
[Allow(Roles.Restricted | Roles.ReadOnly, "")]
[View("command", "string", "r", NotNull = true)]
[View("image", "string", "r", NotNull = true)]
[View("registrationUrl", "string", "r", NotNull = true)]
[View("token", "string", "r", NotNull = true)]
[View("registryId", "reference[storagePool]", "-", MaxLength = 255, Filter = true)]
public sealed record RegistrationToken : Resource
{
    [Field("-", MaxLength = 4096, Filter = true), Index]
    public string? PublicValue { get; init; }

    [Field("-", Type = "password", MaxLength = 4096, Filter = true, Secret = true)]
    public string? SecretValue { get; init; }
}
