using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>An implementation of an extension point.</summary>
[Struct("extensionImplementation", Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
public sealed record ExtensionImplementation
{
    [Field("r", NotNull = true)]
    public string? ClassName { get; init; }

    [Field("r", NotNull = true)]
    public string? Name { get; init; }

    [Field("r", NotNull = true)]
    public EquatableMap<string> Properties { get; init; }
}
