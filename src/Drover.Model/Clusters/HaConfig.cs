using Drover.Model.Kernel;

namespace Drover.Model.Clusters;

/// <summary>The settings of several servers on one database.</summary>
[Kind("haConfig", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform, "ru")]
[Allow(Roles.ReadAdmin, "r")]
[Action("createscript", Input = "haConfigInput", Output = "")]
public sealed record HaConfig : Resource
{
    [Field("r")]
    public long? ClusterSize { get; init; }

    [Field("r", NotNull = true)]
    public string? DbHost { get; init; }

    [Field("r")]
    public long? DbSize { get; init; }

    [Field("u", Default = "false")]
    public bool Enabled { get; init; }
}
