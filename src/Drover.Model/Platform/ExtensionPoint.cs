using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>What carries a process out. Nothing is plugged into Drover.</summary>
[Kind("extensionPoint", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("name", "cu", NotNull = true)]
public sealed record ExtensionPoint : Resource, IOwnId
{
    /// <summary>It stands inside of definitions and has no id.</summary>
    public string? WireId => null;

    [Field("r", NotNull = true)]
    public string? ExcludeSetting { get; init; }

    [Field("r", Type = "array[extensionImplementation]", NotNull = true)]
    public RawJson? Implementations { get; init; }

    [Field("r", NotNull = true)]
    public string? IncludeSetting { get; init; }

    [Field("r", NotNull = true)]
    public string? ListSetting { get; init; }
}
