using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>Containers of a service that are placed together, as a row.</summary>
[Kind("deploymentUnit", IsView = true, Methods = "")]
[Inherited("data", "r", MaxLength = 65535)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
[View("state", "string", "r", MaxLength = 128, Filter = true)]
public sealed record DeploymentUnit : Resource
{
    [Field("r", NotNull = true)]
    public EquatableMap<string> Labels { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("service")]
    public long? ServiceId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? ServiceIndex { get; init; }
}
