using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A part of what hosts are told.</summary>
[Kind("configItem", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("id", "r", Filter = true)]
[Inherited("name", "cu", MaxLength = 255, Filter = true)]
public sealed record ConfigItem : Resource
{
    [Field("r", MaxLength = 1024, Filter = true)]
    public string? SourceVersion { get; init; }
}
