using Drover.Model.Kernel;

namespace Drover.Model.Environments;

/// <summary>The stream of changes; no object is of it, its schema says where to open the stream.</summary>
[Kind("subscribe", Plural = "subscribe", IsView = true, Bare = true, Methods = "cr")]
[View("eventNames", "array[string]", "c", NotNull = true, MinLength = 1, ValidChars = "*._0-9a-zA-Z;=", Filter = true, FilterAs = "equal", For = Roles.Agent, ForAccess = "c")]
[Allow(Roles.Agent, "cr")]
[Allow(Roles.User | Roles.Admin | Roles.ReadAdmin, "")]
[View("agentId", "reference[agent]", "i", For = Roles.Service | Roles.Agent, ForAccess = "c")]
public sealed record Subscribe : Resource;
