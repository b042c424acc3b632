using Drover.Model.Kernel;

namespace Drover.Model.Secrets;

/// <summary>A secret that containers read from a file; its value is never shown.</summary>
[Kind("secret", Lifecycle = "secret", ShortType = "se")]
[Allow(Roles.Environment | Roles.ProjectAdmin, "")]
[Inherited("name", "c", Required = true, Unique = true, MaxLength = 255, Filter = true)]
public sealed record Secret : Resource
{
    [Field("-", Type = "enum", Options = ["PASSWORD"])]
    public string? Generate { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("stack")]
    public long? StackId { get; init; }

    [Field("co", MaxLength = 16777215, Filter = true, Secret = true)]
    public string? Value { get; init; }
}
