using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A registration of an agent as 1.6 keeps it.</summary>
[Kind("register", Plural = "register", Family = "genericObject", Methods = "cr", Lifecycle = "member")]
[Allow(Roles.Register, "crd")]
[Action("stop", Input = "instanceStop", Output = "instance")]
[Inherited("accountId", "r", MaxLength = 255, Filter = true)]
[Inherited("created", "r", MaxLength = 255, Filter = true, For = Roles.Register, ForAccess = "r")]
[Inherited("data", "i", MaxLength = 16777215)]
[Inherited("description", "cu", MaxLength = 1024, Filter = true, For = Roles.Register, ForAccess = "cu")]
[Inherited("id", "r", Filter = true, For = Roles.Register, ForAccess = "r")]
[Inherited("key", "c", Required = true, MaxLength = 255, Filter = true, For = Roles.Register, ForAccess = "c")]
[Inherited("kind", "c", MaxLength = 255, Filter = true, For = Roles.Register, ForAccess = "r")]
[Inherited("name", "c", MaxLength = 255, Filter = true, For = Roles.Register, ForAccess = "cu")]
[Inherited("removeTime", "i", MaxLength = 255, Filter = true)]
[Inherited("removed", "r", MaxLength = 255, Filter = true, For = Roles.Register, ForAccess = "r")]
[Inherited("resourceData", "cu", NotNull = true)]
[Inherited("uuid", "r", MaxLength = 128, Filter = true, For = Roles.Register, ForAccess = "r")]
[Inherited("state", "r", MaxLength = 128, NotNull = true, Filter = true, For = Roles.Register, ForAccess = "r")]
[Inherited("transitioning", "r", NotNull = true, For = Roles.Register, ForAccess = "r")]
[Inherited("transitioningMessage", "r", For = Roles.Register, ForAccess = "r")]
[Inherited("transitioningProgress", "r", For = Roles.Register, ForAccess = "r")]
[Column("token", "equal")]
public sealed record Register : GenericObject
{
    [Field("r", NotNull = true), For(Roles.Register, "r")]
    public string? AccessKey { get; init; }

    [Field("-", NotNull = true)]
    public string? AgentUriFormat { get; init; }

    [Field("-", NotNull = true)]
    public string? AuthToken { get; init; }

    [Field("r", NotNull = true), For(Roles.Register, "r")]
    public string? SecretKey { get; init; }
}
