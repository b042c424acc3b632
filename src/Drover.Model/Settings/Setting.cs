using Drover.Model.Kernel;

namespace Drover.Model.Settings;

/// <summary>A setting of the installation; its id is its name.</summary>
[Kind("setting", Methods = "r", NamedId = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true, For = Roles.Admin | Roles.Service, ForAccess = "c")]
[Inherited("accountId", "")]
[Inherited("created", "")]
[Inherited("description", "")]
[Inherited("kind", "")]
[Inherited("removed", "")]
[Inherited("uuid", "")]
[Inherited("data", "")]
[Inherited("removeTime", "")]
[Allow(Roles.Admin | Roles.Service, "crud")]
[View("activeValue", "string", "r", NotNull = true)]
[View("inDb", "boolean", "i", NotNull = true)]
[View("source", "string", "i", NotNull = true)]
public sealed record Setting : Resource
{
    /// <summary>The value of a setting that holds a secret; no answer shows it.</summary>
    [Internal]
    public string? SecretValue { get; init; }

    [Field("r", MaxLength = 16777215, Filter = true), For(Roles.Admin | Roles.Service, "cu")]
    public string? Value { get; init; }
}
