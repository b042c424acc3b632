using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A zone of an installation; there is one.</summary>
[Kind("zone", Methods = "", Lifecycle = "simple")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
public sealed record Zone : Resource;
