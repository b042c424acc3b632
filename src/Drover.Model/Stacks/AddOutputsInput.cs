using Drover.Model.Kernel;

namespace Drover.Model.Stacks;

/// <summary>The API type addOutputsInput.</summary>
[Struct("addOutputsInput", Methods = "r")]
public sealed record AddOutputsInput
{
    [Field("c", Required = true, NotNull = true)]
    public EquatableMap<string> Outputs { get; init; }
}
