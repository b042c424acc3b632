using Drover.Model.Kernel;
using Drover.Model.Registries;

namespace Drover.Model.Events;

/// <summary>What a storage driver reports of its pool.</summary>
[Kind("externalStoragePoolEvent", Family = "externalEvent", Methods = "r", Lifecycle = "event")]
[Allow(Roles.Agent, "cr")]
[Inherited("eventType", "r", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
[Inherited("externalId", "r", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
public sealed record ExternalStoragePoolEvent : ExternalEvent
{
    [Field("r", NotNull = true), For(Roles.Agent, "c")]
    public EquatableArray<string> HostUuids { get; init; }

    [Field("r", NotNull = true, Required = true), For(Roles.Agent, "c")]
    public StoragePool? StoragePool { get; init; }
}
