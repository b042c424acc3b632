using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type virtualMachineDisk.</summary>
[Struct("virtualMachineDisk")]
public sealed record VirtualMachineDisk
{
    [Field("c", NotNull = true)]
    public string? Driver { get; init; }

    [Field("c", MinLength = 2, ValidChars = "a-z0-9_.-")]
    public string? Name { get; init; }

    [Field("c", NotNull = true)]
    public EquatableMap<string> Opts { get; init; }

    [Field("c")]
    public long? ReadIops { get; init; }

    [Field("c")]
    public bool Root { get; init; }

    [Field("c", Default = "\"40g\"", NotNull = true)]
    public string? Size { get; init; } = "40g";

    [Field("c")]
    public long? WriteIops { get; init; }
}
