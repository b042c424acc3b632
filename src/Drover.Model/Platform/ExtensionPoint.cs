using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A place where 1.6 can be extended.</summary>
[Kind("extensionPoint", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("name", "cu", NotNull = true)]
public sealed record ExtensionPoint : Resource
{
    [Field("r", NotNull = true)]
    public string? ExcludeSetting { get; init; }

    [Field("r", Type = "array[extensionImplementation]", NotNull = true)]
    public RawJson? Implementations { get; init; }

    [Field("r", NotNull = true)]
    public string? IncludeSetting { get; init; }

    [Field("r", NotNull = true)]
    public string? ListSetting { get; init; }
}
