using Drover.Model.Kernel;

namespace Drover.Model.Credentials;

/// <summary>Lets hosts join one environment.</summary>
[Kind("registrationToken", Family = "credential", Methods = "cr", Lifecycle = "simple")]
[Allow(Roles.Restricted | Roles.ReadOnly, "")]
[View("command", "string", "r")]
[View("image", "string", "r")]
[View("registrationUrl", "string", "r")]
[View("token", "string", "r")]
public sealed record RegistrationToken : Resource
{
    [Field("-", MaxLength = 4096, Filter = true), Index]
    public string? PublicValue { get; init; }

    [Field("-", Type = "password", MaxLength = 4096, Filter = true, Secret = true)]
    public string? SecretValue { get; init; }
}
