using Drover.Model.Kernel;

namespace Drover.Model.Events;

/// <summary>That a handler handles a process, as a row.</summary>
[Kind("externalHandlerExternalHandlerProcessMap", Methods = "", Lifecycle = "simple")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
[Inherited("accountId", "")]
public sealed record ExternalHandlerExternalHandlerProcessMap : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public string? EventName { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("externalHandler")]
    public long? ExternalHandlerId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("externalHandlerProcess")]
    public long? ExternalHandlerProcessId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? OnError { get; init; }
}
