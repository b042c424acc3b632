using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The base type of containers: lists them all.</summary>
[Kind("instance", IsBase = true, Methods = "r", Lifecycle = "instance")]
[Action("allocate")]
[Action("deallocate")]
[Action("updatehealthy")]
[Action("updateunhealthy")]
[Action("updatereinitializing")]
[Action("stop", Input = "instanceStop")]
[View("externalId", "string", "r", MaxLength = 128, Filter = true)]
[View("hostId", "reference[host]", "r")]
public sealed record Instance : Resource;
