using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>The lock of 1.6's database format.</summary>
[Kind("databasechangeloglock", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform, "rd")]
[Allow(Roles.ReadAdmin, "r")]
[Inherited("id", "r", Filter = true)]
public sealed record DatabaseChangeLogLock : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public bool Locked { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? Lockedby { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public DateTimeOffset? Lockgranted { get; init; }
}
