using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A kind that has processes.</summary>
[Kind("resourceDefinition", IsView = true, NamedId = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("id", "r", Type = "string", NotNull = true)]
[Inherited("name", "r", NotNull = true)]
public sealed record ResourceDefinition : Resource, IOwnId
{
    /// <summary>Its name behind the letters of the kind (api-semantics section 6).</summary>
    public string? WireId => "1rd!" + Name;
}
