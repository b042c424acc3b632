using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>An object of free form that a service of the platform keeps.</summary>
[Kind("genericObject", Lifecycle = "member")]
[Allow(Roles.Admin, "crud")]
[Inherited("kind", "c", MaxLength = 255, Filter = true)]
[Inherited("name", "c", MaxLength = 255, Filter = true)]
public record GenericObject : Resource
{
    [Field("c", MaxLength = 255, Filter = true)]
    public string? Key { get; init; }

    [Field("cu", Type = "map[json]", NotNull = true)]
    public RawJson? ResourceData { get; init; }
}
