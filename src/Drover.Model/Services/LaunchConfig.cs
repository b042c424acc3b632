using Drover.Model.Containers;
using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type launchConfig. The restart policy that compose files set is kept and not shown, as 1.6 has no such field.</summary>
[Struct("launchConfig", Methods = "cru", Extends = "container")]
[Allow(Roles.User | Roles.Admin, "cru")]
[Inherited("ports", "cu")]
[Inherited("requestedIpAddress", "c")]
[Inherited("restartPolicy", "-")]
public record LaunchConfig
{
    /// <summary>How its containers are run.</summary>
    [Flatten]
    public ContainerSpec Spec { get; init; } = new();

    [Field("c")]
    public EquatableArray<string> DataVolumesFromLaunchConfigs { get; init; }

    [Field("c")]
    public EquatableArray<VirtualMachineDisk> Disks { get; init; }

    [Field("cu", Default = "0")]
    public long DrainTimeoutMs { get; init; } = 0;

    [Field("c", Type = "enum", Default = "\"container\"", MaxLength = 255, Options = ["container", "virtualMachine"], Filter = true)]
    public string? Kind { get; init; } = "container";

    [Field("c", NotNull = true)]
    public EquatableMap<string> Labels { get; init; }

    /// <summary>Memory of a virtual machine, in MB.</summary>
    [Field("c", MaxLength = 255, Filter = true)]
    public long? MemoryMb { get; init; }

    [Field("-", Unique = true, MaxLength = 255, Filter = true)]
    public string? Name { get; init; }

    [Field("c")]
    public string? NetworkLaunchConfig { get; init; }

    [Field("c"), Ref("host")]
    public long? RequestedHostId { get; init; }

    [Field("c", Default = "true")]
    public bool StartOnCreate { get; init; } = true;

    [Field("c", MaxLength = 65535, Filter = true)]
    public string? Userdata { get; init; }

    [Field("c", Default = "1")]
    public long? Vcpu { get; init; }

    [Field("r", Default = "\"0\"", MaxLength = 255, NotNull = true, Filter = true)]
    public string? Version { get; init; } = "0";
}
