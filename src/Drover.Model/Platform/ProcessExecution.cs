using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>One try of a process.</summary>
[Kind("processExecution", IsView = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("kind", "")]
[Inherited("name", "")]
[Inherited("description", "")]
[Inherited("accountId", "")]
[Inherited("removed", "")]
[Inherited("removeTime", "")]
[Inherited("data", "")]
public sealed record ProcessExecution : Resource
{
    [Field("r", Type = "map[json]", MaxLength = 16777215)]
    public RawJson? Log { get; init; }

    [Field("r", NotNull = true, MaxLength = 255, Filter = true), Ref("processInstance")]
    public long? ProcessInstanceId { get; init; }
}
