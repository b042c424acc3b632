using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>A driver that makes networks on the hosts of an environment.</summary>
[Kind("networkDriver", Methods = "r", Lifecycle = "driver")]
public sealed record NetworkDriver : Resource
{
    [Field("c", Type = "map[json]", NotNull = true)]
    public RawJson? CniConfig { get; init; }

    [Field("c", NotNull = true)]
    public DefaultNetwork? DefaultNetwork { get; init; }

    [Field("c", Type = "map[json]", NotNull = true)]
    public RawJson? NetworkMetadata { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("service")]
    public long? ServiceId { get; init; }
}
