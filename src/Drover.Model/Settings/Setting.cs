using Drover.Model.Kernel;

namespace Drover.Model.Settings;

/// <summary>A setting of the installation; its id is its name.</summary>
[Kind("setting", Methods = "r", NamedId = true)]
[Allow(Roles.Admin | Roles.Service, "crud")]
[View("activeValue", "string", "r")]
[View("inDb", "boolean", "i")]
[View("source", "string", "i")]
public sealed record Setting : Resource
{
    [Field("r", MaxLength = 16777215, Filter = true), For(Roles.Admin | Roles.Service, "cu")]
    public string? Value { get; init; }
}
