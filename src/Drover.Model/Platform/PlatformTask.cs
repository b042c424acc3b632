using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A task that 1.6 runs on a schedule.</summary>
[Kind("task", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Action("execute")]
[Inherited("id", "r", Filter = true)]
[Inherited("name", "cu", MaxLength = 128, Filter = true)]
public sealed record PlatformTask : Resource;
