using Drover.Model.Kernel;

namespace Drover.Model.Machines;

/// <summary>A machine that a driver makes and turns into a host.</summary>
[Kind("machine", Family = "physicalHost", Methods = "crd", Lifecycle = "machine", ActionRoles = Roles.Platform | Roles.Superadmin | Roles.User | Roles.Project | Roles.Environment | Roles.ProjectAdmin | Roles.Owner | Roles.Member | Roles.ReadAdmin)]
[Allow(Roles.Service, "crud")]
[Inherited("name", "c", NotNull = true, Required = true, MinLength = 1, MaxLength = 255, Filter = true)]
public sealed record Machine : PhysicalHost
{
    [Field("c")]
    public string? AuthCertificateAuthority { get; init; }

    [Field("c", Secret = true)]
    public string? AuthKey { get; init; }

    [Field("c")]
    public string? DockerVersion { get; init; }

    [Field("c")]
    public EquatableMap<string> EngineEnv { get; init; }

    [Field("c")]
    public EquatableArray<string> EngineInsecureRegistry { get; init; }

    [Field("c")]
    public string? EngineInstallUrl { get; init; }

    [Field("c")]
    public EquatableMap<string> EngineLabel { get; init; }

    [Field("c")]
    public EquatableMap<string> EngineOpt { get; init; }

    [Field("c")]
    public EquatableArray<string> EngineRegistryMirror { get; init; }

    [Field("c")]
    public string? EngineStorageDriver { get; init; }

    [Field("-"), For(Roles.Service, "u")]
    public string? ExtractedConfig { get; init; }

    [Field("c"), For(Roles.Service, "cu")]
    public EquatableMap<string> Labels { get; init; }
}
