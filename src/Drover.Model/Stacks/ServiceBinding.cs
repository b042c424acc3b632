using Drover.Model.Kernel;

namespace Drover.Model.Stacks;

/// <summary>The API type serviceBinding.</summary>
[Struct("serviceBinding", Methods = "cru")]
public sealed record ServiceBinding
{
    [Field("c", NotNull = true)]
    public EquatableMap<string> Labels { get; init; }

    [Field("c", NotNull = true)]
    public EquatableArray<string> Ports { get; init; }
}
