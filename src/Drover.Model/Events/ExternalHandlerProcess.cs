using Drover.Model.Kernel;

namespace Drover.Model.Events;

/// <summary>A process that handlers outside of the server take part in.</summary>
[Kind("externalHandlerProcess", Plural = "externalHandlerProcesses", Methods = "", Lifecycle = "simple")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
[Inherited("accountId", "")]
public sealed record ExternalHandlerProcess : Resource;
