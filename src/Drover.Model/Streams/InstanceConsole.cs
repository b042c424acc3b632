using Drover.Model.Kernel;

namespace Drover.Model.Streams;

/// <summary>The address of a virtual machine's console.</summary>
[Struct("instanceConsole", Methods = "r")]
public sealed record InstanceConsole
{
    [Field("r", NotNull = true)]
    public string? Kind { get; init; }

    [Field("r", NotNull = true, Secret = true)]
    public string? Password { get; init; }

    [Field("r", NotNull = true)]
    public string? Url { get; init; }
}
