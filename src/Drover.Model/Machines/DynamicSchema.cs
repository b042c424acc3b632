using Drover.Model.Kernel;

namespace Drover.Model.Machines;

/// <summary>A schema that somebody added at run time, such as a machine driver's settings.</summary>
[Kind("dynamicSchema", Methods = "", Lifecycle = "dynamicSchema")]
[Allow(Roles.Service, "crd")]
[Inherited("accountId", "c", MaxLength = 255, Filter = true)]
[Inherited("data", "r", MaxLength = 65535)]
[Inherited("removeTime", "")]
public sealed record DynamicSchema : Resource
{
    [Field("c", MaxLength = 16777215, Filter = true)]
    public string? Definition { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public string? Parent { get; init; }

    [Field("c", Name = "roles")]
    public EquatableArray<string> RolesValue { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("service")]
    public long? ServiceId { get; init; }
}
