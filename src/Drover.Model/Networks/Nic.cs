using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>That a container is on a network, as a row.</summary>
[Kind("nic", IsView = true, Methods = "", Lifecycle = "simple")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
public sealed record Nic : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public long? DeviceNumber { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("instance")]
    public long? InstanceId { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? MacAddress { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("network")]
    public long? NetworkId { get; init; }
}
