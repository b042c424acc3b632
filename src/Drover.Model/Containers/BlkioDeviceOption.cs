using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type blkioDeviceOption.</summary>
[Struct("blkioDeviceOption")]
public sealed record BlkioDeviceOption
{
    [Field("c")]
    public long? ReadBps { get; init; }

    [Field("c")]
    public long? ReadIops { get; init; }

    [Field("c")]
    public long? Weight { get; init; }

    [Field("c")]
    public long? WriteBps { get; init; }

    [Field("c")]
    public long? WriteIops { get; init; }
}
