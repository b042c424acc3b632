using Drover.Model.Kernel;

namespace Drover.Model.Secrets;

/// <summary>The input of changesecret: the old password and the new one.</summary>
[Struct("changeSecretInput")]
[Allow(Roles.Admin | Roles.User, "cr")]
public sealed record ChangeSecretInput
{
    [Field("c", NotNull = true, Required = true, Secret = true)]
    public string? NewSecret { get; init; }

    [Field("c", NotNull = true, Required = true, Secret = true)]
    public string? OldSecret { get; init; }
}
