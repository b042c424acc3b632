using Drover.Model.Catalogs;
using Drover.Model.Kernel;

namespace Drover.Model.Environments;

/// <summary>What an environment is made from: the stacks it starts with.</summary>
[Kind("projectTemplate", Methods = "r", Lifecycle = "member")]
[Allow(Roles.Admin | Roles.User, "crud")]
[Inherited("name", "cu", Unique = true, MaxLength = 255, Filter = true)]
public sealed record ProjectTemplate : Resource, IShared
{
    [Field("cu", MaxLength = 255, Filter = true)]
    public string? ExternalId { get; init; }

    [Field("i", MaxLength = 255, Filter = true), For(Roles.Platform, "cu")]
    public bool IsPublic { get; init; }

    [Field("cu", NotNull = true)]
    public EquatableArray<CatalogTemplate> Stacks { get; init; }
}
