using Drover.Model.Kernel;

namespace Drover.Model.ServiceLogs;

/// <summary>One entry in the log of a service.</summary>
[Kind("serviceLog", Methods = "r", IsHistory = true)]
[Inherited("name", "", MaxLength = 255)]
[Inherited("removed", "")]
[Inherited("uuid", "", MaxLength = 128)]
[Inherited("removeTime", "")]
[Inherited("data", "i", Type = "map[json]", MaxLength = 65535)]
public sealed record ServiceLog : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public DateTimeOffset? EndTime { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? EventType { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("instance")]
    public long? InstanceId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? Level { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("service"), Index]
    public long? ServiceId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public bool SubLog { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? TransactionId { get; init; }
}
