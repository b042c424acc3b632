using Drover.Model.Containers;
using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type launchConfig.</summary>
[Struct("launchConfig", Methods = "cru", Extends = "container")]
[Allow(Roles.User | Roles.Admin, "cru")]
public sealed record LaunchConfig
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

    [Field("c")]
    public string? NetworkLaunchConfig { get; init; }

    [Field("c"), Ref("host")]
    public long? RequestedHostId { get; init; }

    [Field("c", Default = "true")]
    public bool StartOnCreate { get; init; } = true;

    [Field("c", Default = "1")]
    public long? Vcpu { get; init; }

    [Field("r", Default = "\"0\"", MaxLength = 255, NotNull = true, Filter = true)]
    public string? Version { get; init; } = "0";
}
