using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type secretReference.</summary>
[Struct("secretReference")]
[Allow(Roles.Environment | Roles.ProjectAdmin, "")]
[Allow(Roles.User | Roles.Admin, "cr")]
public sealed record SecretReference
{
    [Field("c", NotNull = true)]
    public string? Gid { get; init; }

    [Field("c", NotNull = true)]
    public string? Mode { get; init; }

    [Field("c", NotNull = true)]
    public string? Name { get; init; }

    [Field("c", NotNull = true), Ref("secret")]
    public long? SecretId { get; init; }

    [Field("c", NotNull = true)]
    public string? Uid { get; init; }
}
