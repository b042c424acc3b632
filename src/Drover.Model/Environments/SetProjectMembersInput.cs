using Drover.Model.Kernel;

namespace Drover.Model.Environments;

/// <summary>The API type setProjectMembersInput.</summary>
[Struct("setProjectMembersInput")]
public sealed record SetProjectMembersInput
{
    [Field("c", Required = true, MinLength = 1, NotNull = true)]
    public EquatableArray<ProjectMember> Members { get; init; }
}
