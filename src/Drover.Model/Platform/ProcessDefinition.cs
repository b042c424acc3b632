using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A process of 1.6: its name and the states it leads through.</summary>
[Kind("processDefinition", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("id", "r", Type = "string", NotNull = true)]
[Inherited("name", "cu", NotNull = true)]
public sealed record ProcessDefinition : Resource
{
    [Field("r")]
    public bool ExtensionBased { get; init; }

    [Field("r", Type = "extensionPoint", NotNull = true)]
    public RawJson? PostProcessListeners { get; init; }

    [Field("r", Type = "extensionPoint", NotNull = true)]
    public RawJson? PreProcessListeners { get; init; }

    [Field("r", Type = "extensionPoint", NotNull = true)]
    public RawJson? ProcessHandlers { get; init; }

    [Field("r", NotNull = true)]
    public string? ResourceType { get; init; }

    [Field("r", Type = "array[stateTransition]", NotNull = true)]
    public RawJson? StateTransitions { get; init; }
}
