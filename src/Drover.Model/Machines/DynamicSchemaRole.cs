using Drover.Model.Kernel;

namespace Drover.Model.Machines;

/// <summary>That a role sees a dynamic schema.</summary>
[Kind("dynamicSchemaRole", IsView = true, Bare = true, Methods = "")]
[Inherited("id", "r", Filter = true)]
public sealed record DynamicSchemaRole : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("dynamicSchema")]
    public long? DynamicSchemaId { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? Role { get; init; }
}
