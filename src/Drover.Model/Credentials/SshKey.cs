using Drover.Model.Kernel;

namespace Drover.Model.Credentials;

/// <summary>A pair of SSH keys.</summary>
[Kind("sshKey", Family = "credential", Methods = "", Lifecycle = "simple")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
public sealed record SshKey : Resource
{
    [Field("r", MaxLength = 4096, Filter = true)]
    public string? PublicValue { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("storagePool")]
    public long? RegistryId { get; init; }

    [Field("r", Type = "password", MaxLength = 4096, Filter = true, Secret = true)]
    public string? SecretValue { get; init; }
}
