using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A value that 1.6 keeps for itself, by name.</summary>
[Kind("data", IsView = true, Bare = true, Methods = "")]
[Inherited("id", "r", Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
public sealed record DataRow : Resource
{
    [Field("r", MaxLength = 65535, Filter = true)]
    public string? Value { get; init; }

    [Field("r", Default = "true", MaxLength = 255, Filter = true)]
    public bool Visible { get; init; } = true;
}
