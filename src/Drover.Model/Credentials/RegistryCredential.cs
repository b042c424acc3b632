using Drover.Model.Kernel;

namespace Drover.Model.Credentials;

/// <summary>Signs in to a registry when images are pulled.</summary>
[Kind("registryCredential", Family = "credential", Lifecycle = "simple")]
public sealed record RegistryCredential : Resource
{
    [Field("cu", MaxLength = 4096, Filter = true)]
    public string? PublicValue { get; init; }

    [Field("c", Required = true, MaxLength = 255, NotNull = true, Filter = true), Ref("registry"), Index]
    public long? RegistryId { get; init; }

    [Field("cuo", Type = "password", MaxLength = 4096, Filter = true, Secret = true), For(Roles.ProjectAdmin, "cu")]
    public string? SecretValue { get; init; }
}
