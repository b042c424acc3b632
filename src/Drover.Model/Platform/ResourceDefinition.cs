using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>The states and processes of one kind.</summary>
[Kind("resourceDefinition", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("id", "r", Type = "string", NotNull = true)]
[Inherited("name", "r", NotNull = true)]
public sealed record ResourceDefinition : Resource;
