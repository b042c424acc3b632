using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>A change of 1.6's database format.</summary>
[Kind("databasechangelog", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform, "rd")]
[Allow(Roles.ReadAdmin, "r")]
[Inherited("description", "r", MaxLength = 255, Filter = true)]
[Inherited("id", "r", Type = "string", NotNull = true, Filter = true)]
public sealed record DatabaseChangeLog : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public string? Author { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? Comments { get; init; }

    [Field("r", NotNull = true, MaxLength = 255, Filter = true)]
    public DateTimeOffset? Dateexecuted { get; init; }

    [Field("r", MaxLength = 10, Filter = true)]
    public string? Exectype { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? Filename { get; init; }

    [Field("r", MaxLength = 20, Filter = true)]
    public string? Liquibase { get; init; }

    [Field("r", MaxLength = 35, Filter = true)]
    public string? Md5sum { get; init; }

    [Field("r", NotNull = true, MaxLength = 255, Filter = true)]
    public long? Orderexecuted { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? Tag { get; init; }
}
