using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>A number of a service that keeps its address, as a row.</summary>
[Kind("serviceIndex", Plural = "serviceIndexes", IsView = true, Methods = "", Lifecycle = "simple")]
[Inherited("data", "r", MaxLength = 65535)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
public sealed record ServiceIndex : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public string? Address { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? LaunchConfigName { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("service")]
    public long? ServiceId { get; init; }

    [Field("r", Name = "serviceIndex", MaxLength = 255, Filter = true)]
    public string? ServiceIndexValue { get; init; }
}
