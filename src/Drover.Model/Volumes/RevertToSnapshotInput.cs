using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>The input of reverttosnapshot.</summary>
[Struct("revertToSnapshotInput", Methods = "r")]
public sealed record RevertToSnapshotInput
{
    [Field("c", NotNull = true, Required = true), Ref("snapshot")]
    public long? SnapshotId { get; init; }
}
