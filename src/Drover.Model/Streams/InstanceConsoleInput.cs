using Drover.Model.Kernel;

namespace Drover.Model.Streams;

/// <summary>The input of console; empty.</summary>
[Struct("instanceConsoleInput", Methods = "r")]
public sealed record InstanceConsoleInput;
