using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>Words about a type for people.</summary>
[Kind("typeDocumentation", IsView = true, Bare = true, Methods = "r")]
[Inherited("description", "cu", NotNull = true)]
[Inherited("id", "r", Type = "string", NotNull = true)]
public sealed record TypeDocumentation : Resource
{
    [Field("r", Type = "map[fieldDocumentation]", NotNull = true)]
    public RawJson? ResourceFields { get; init; }
}
