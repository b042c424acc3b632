using Drover.Model.Kernel;

namespace Drover.Model.Environments;

/// <summary>A member as old versions kept it.</summary>
[Kind("member", IsView = true, Bare = true, Methods = "")]
[Inherited("name", "r", NotNull = true)]
public sealed record Member : Resource
{
    [Field("r", NotNull = true)]
    public string? ExternalId { get; init; }

    [Field("r", NotNull = true)]
    public string? ExternalIdType { get; init; }

    [Field("r", NotNull = true)]
    public string? Login { get; init; }

    [Field("r", NotNull = true)]
    public string? ProfilePicture { get; init; }

    [Field("r", NotNull = true)]
    public string? ProfileUrl { get; init; }

    [Field("r", NotNull = true)]
    public string? ProjectId { get; init; }

    [Field("r", NotNull = true)]
    public string? Role { get; init; }
}
