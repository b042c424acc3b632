using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>How many processes of one name run and wait.</summary>
[Kind("processSummary", Plural = "processSummary", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
public sealed record ProcessSummary : Resource, IOwnId
{
    /// <summary>A figure has no id.</summary>
    public string? WireId => null;

    [Field("r", NotNull = true)]
    public long? Delay { get; init; }

    [Field("r", NotNull = true)]
    public string? ProcessName { get; init; }

    [Field("r", NotNull = true)]
    public long? Ready { get; init; }

    [Field("r", NotNull = true)]
    public long? Running { get; init; }
}
