using Drover.Model.Kernel;

namespace Drover.Model.Machines;

/// <summary>A driver that makes machines.</summary>
[Kind("machineDriver", Methods = "r", Lifecycle = "machineDriver", ActionRoles = Roles.Platform | Roles.Superadmin | Roles.User | Roles.ReadAdmin)]
[Allow(Roles.Platform, "crud")]
[Action("create", Roles = Roles.Superadmin | Roles.Admin | Roles.User | Roles.ReadAdmin)]
[Inherited("data", "i", MaxLength = 65535)]
[Inherited("name", "r", MaxLength = 255, Filter = true, For = Roles.Service, ForAccess = "cu")]
[Inherited("accountId", "")]
public sealed record MachineDriver : Resource
{
    [Field("c")]
    public bool ActivateOnCreate { get; init; }

    [Field("c")]
    public bool Builtin { get; init; }

    [Field("cu", Reconciles = true)]
    public string? Checksum { get; init; }

    [Field("r")]
    public bool DefaultActive { get; init; }

    [Field("cu")]
    public string? ExternalId { get; init; }

    [Field("-", MaxLength = 255, Filter = true)]
    public string? Md5checksum { get; init; }

    [Field("-", NotNull = true, Default = "\"\""), For(Roles.Service, "cu")]
    public string? SchemaVersion { get; init; } = "";

    [Field("cu", Reconciles = true)]
    public string? UiUrl { get; init; }

    [Field("-", MaxLength = 255, Filter = true)]
    public string? Uri { get; init; }

    [Field("cu", NotNull = true, Required = true, Reconciles = true)]
    public string? Url { get; init; }
}
