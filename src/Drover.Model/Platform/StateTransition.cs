using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>One line of a life cycle.</summary>
[Struct("stateTransition", Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
public sealed record StateTransition
{
    [Field("-", NotNull = true)]
    public string? Field { get; init; }

    [Field("-", NotNull = true)]
    public string? FromState { get; init; }

    [Field("-", NotNull = true)]
    public string? ToState { get; init; }

    [Field("-", Type = "enum", NotNull = true, Options = ["TRANSITIONING", "DONE"])]
    public string? Type { get; init; }
}
