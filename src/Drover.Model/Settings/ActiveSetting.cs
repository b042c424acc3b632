using Drover.Model.Kernel;

namespace Drover.Model.Settings;

/// <summary>A setting with the value that holds and where it comes from; what lists of settings show.</summary>
[Kind("activeSetting", Family = "setting", Methods = "r", NamedId = true, IsView = true, Unlisted = true)]
[Inherited("id", "r", Type = "string", NotNull = true)]
[Inherited("name", "r", NotNull = true)]
[Inherited("accountId", "")]
[Inherited("created", "")]
[Inherited("description", "")]
[Inherited("kind", "")]
[Inherited("removed", "")]
[Inherited("uuid", "")]
[Inherited("data", "")]
[Inherited("removeTime", "")]
[Allow(Roles.Admin | Roles.Service, "rud")]
public sealed record ActiveSetting : Resource
{
    [Field("r", Type = "json", NotNull = true)]
    public string? ActiveValue { get; init; }

    [Field("i", NotNull = true)]
    public bool InDb { get; init; }

    [Field("i", NotNull = true)]
    public string? Source { get; init; }

    [Field("r", NotNull = true), For(Roles.Admin | Roles.Service, "u")]
    public string? Value { get; init; }
}
