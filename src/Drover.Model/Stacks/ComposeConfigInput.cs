using Drover.Model.Kernel;

namespace Drover.Model.Stacks;

/// <summary>The API type composeConfigInput.</summary>
[Struct("composeConfigInput")]
[Allow(Roles.User | Roles.Admin, "cr")]
public sealed record ComposeConfigInput
{
    [Field("c"), Ref("service")]
    public EquatableArray<long> ServiceIds { get; init; }
}
