using Drover.Model.Kernel;

namespace Drover.Model.Machines;

/// <summary>The base type of what machine drivers are told.</summary>
[Struct("baseMachineConfig", Methods = "r")]
public sealed record BaseMachineConfig;
