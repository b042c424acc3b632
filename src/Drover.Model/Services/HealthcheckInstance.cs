using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>That a container is checked, as a row.</summary>
[Kind("healthcheckInstance", IsView = true, Methods = "", Lifecycle = "check")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
public sealed record HealthcheckInstance : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("instance")]
    public long? InstanceId { get; init; }
}
