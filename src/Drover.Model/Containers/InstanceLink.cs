using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>A link of a container to another, as a row.</summary>
[Kind("instanceLink", IsView = true, Methods = "ru", Lifecycle = "simple")]
public sealed record InstanceLink : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("instance")]
    public long? InstanceId { get; init; }

    [Field("-", NotNull = true)]
    public EquatableArray<string> InstanceNames { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? LinkName { get; init; }

    [Field("i", Type = "array[json]", NotNull = true)]
    public RawJson? Ports { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("serviceConsumeMap")]
    public long? ServiceConsumeMapId { get; init; }

    [Field("u", MaxLength = 255, Filter = true, Reconciles = true), Ref("instance")]
    public long? TargetInstanceId { get; init; }
}
