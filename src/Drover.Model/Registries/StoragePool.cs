using Drover.Model.Kernel;

namespace Drover.Model.Registries;

/// <summary>The base type of registries: lists them all.</summary>
[Kind("storagePool", IsBase = true, Methods = "r", Lifecycle = "simple")]
[View("blockDevicePath", "string", "r")]
[View("driverName", "string", "r", MaxLength = 255, Filter = true)]
[View("externalId", "string", "r", MaxLength = 128, Filter = true)]
[View("hostIds", "array[reference[host]]", "r")]
[View("storageDriverId", "reference[storageDriver]", "r", MaxLength = 255, Filter = true)]
[View("volumeAccessMode", "string", "r", MaxLength = 255, Filter = true)]
[View("volumeCapabilities", "array[string]", "r")]
[View("volumeIds", "array[reference[volume]]", "r")]
public sealed record StoragePool : Resource;
