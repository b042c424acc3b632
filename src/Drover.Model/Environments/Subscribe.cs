using Drover.Model.Kernel;

namespace Drover.Model.Environments;

/// <summary>The stream of changes; no object is of it, its schema says where to open the stream.</summary>
[Kind("subscribe", Plural = "subscribe", IsView = true, Methods = "cr")]
[Inherited("name", "-")]
[Inherited("id", "-")]
[Inherited("accountId", "-")]
[Inherited("created", "-")]
[Inherited("description", "-")]
[Inherited("kind", "-")]
[Inherited("removed", "-")]
[Inherited("uuid", "-")]
[Inherited("data", "-")]
[Inherited("removeTime", "-")]
[View("eventNames", "array[string]", "c", NotNull = true, MinLength = 1, ValidChars = "*._0-9a-zA-Z;=")]
[Allow(Roles.User | Roles.Admin | Roles.ReadAdmin, "")]
public sealed record Subscribe : Resource;
