using Drover.Model.Kernel;

namespace Drover.Model.Stacks;

/// <summary>The API type binding.</summary>
[Struct("binding", Methods = "cru")]
public sealed record Binding
{
    [Field("c", NotNull = true)]
    public EquatableMap<ServiceBinding> Services { get; init; }
}
