using Drover.Model.Kernel;

namespace Drover.Model.Registries;

/// <summary>The base type of registries: lists them all.</summary>
[Kind("storagePool", IsBase = true, Methods = "r", Lifecycle = "simple")]
[Allow(Roles.Agent, "r")]
[Inherited("id", "r", Filter = true, For = Roles.Agent, ForAccess = "r")]
[Inherited("name", "cu", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
[View("blockDevicePath", "string", "r", For = Roles.Agent, ForAccess = "c")]
[View("driverName", "string", "r", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
[View("externalId", "string", "r", MaxLength = 128, Filter = true, For = Roles.Agent, ForAccess = "c")]
[View("hostIds", "array[reference[host]]", "r")]
[View("storageDriverId", "reference[storageDriver]", "r", MaxLength = 255, Filter = true)]
[View("volumeAccessMode", "string", "r", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
[View("volumeCapabilities", "array[string]", "r", For = Roles.Agent, ForAccess = "c")]
[View("volumeIds", "array[reference[volume]]", "r")]
[View("agentId", "reference[agent]", "-", MaxLength = 255, Filter = true)]
[View("external", "boolean", "-", NotNull = true, MaxLength = 255, Filter = true)]
[View("physicalTotalSizeMb", "int", "-", MaxLength = 255, Filter = true)]
[View("virtualTotalSizeMb", "int", "-", MaxLength = 255, Filter = true)]
[View("zoneId", "reference[zone]", "-", MaxLength = 255, Filter = true)]
public sealed record StoragePool : Resource;
