using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A process: its name and the states it leads through.</summary>
[Kind("processDefinition", IsView = true, NamedId = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
[Inherited("id", "r", Type = "string", NotNull = true)]
[Inherited("name", "cu", NotNull = true)]
public sealed record ProcessDefinition : Resource, IOwnId
{
    /// <summary>Its name behind the letters of the kind (api-semantics section 6).</summary>
    public string? WireId => "1pd!" + Name;

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

    [Field("r", NotNull = true)]
    public EquatableArray<StateTransition> StateTransitions { get; init; }
}
