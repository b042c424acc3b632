using Drover.Model.Kernel;

namespace Drover.Model.Streams;

/// <summary>The input of execute: the command and whether it gets a terminal.</summary>
[Struct("containerExec")]
public sealed record ContainerExec
{
    [Field("c", Default = "true")]
    public bool AttachStdin { get; init; } = true;

    [Field("c", Default = "true")]
    public bool AttachStdout { get; init; } = true;

    [Field("c", NotNull = true, Required = true)]
    public EquatableArray<string> Command { get; init; }

    [Field("c", Default = "true")]
    public bool Tty { get; init; } = true;
}
