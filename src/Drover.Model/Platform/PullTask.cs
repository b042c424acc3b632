using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>Asks the hosts with some labels to pull an image.</summary>
[Kind("pullTask", Family = "genericObject", Methods = "cr", Seen = typeof(PullTaskSeen), Lifecycle = "member", Reconciled = true)]
[View("status", "map[string]", "r", NotNull = true)]
[Inherited("key", "-", MaxLength = 255, Filter = true)]
[Inherited("kind", "r", MaxLength = 255, Filter = true)]
[Inherited("resourceData", "-", NotNull = true)]
public sealed record PullTask : GenericObject
{
    [Field("c", NotNull = true, Required = true)]
    public string? Image { get; init; }

    [Field("c", NotNull = true)]
    public EquatableMap<string> Labels { get; init; }

    [Field("c", Type = "enum", NotNull = true, Required = true, Default = "\"all\"", Options = ["all", "cached"])]
    public string? Mode { get; init; } = "all";
}

/// <summary>How far a pull task is.</summary>
public sealed record PullTaskSeen : Seen
{
    /// <summary>The hosts that were asked, chosen once; empty where none fits.</summary>
    [Internal]
    public EquatableArray<PullOnHost> Hosts { get; init; }

    /// <summary>When the last of them was done; null before.</summary>
    [Internal]
    public DateTimeOffset? Ended { get; init; }
}

/// <summary>How far one host is with a pull task.</summary>
/// <param name="Name">The host's name when it was asked.</param>
/// <param name="Status">One of the constants, or why it failed.</param>
/// <param name="Ended">True where nothing more comes.</param>
public sealed record PullOnHost(long HostId, string Name, string Status, bool Ended = false)
{
    /// <summary>What a host does that has not ended, in the words of 1.6.</summary>
    public const string Pulling = "Pulling";

    /// <summary>The one word that clients take for success (clients.md section 2).</summary>
    public const string Done = "Done";

    [System.Text.Json.Serialization.JsonIgnore]
    public bool Failed => Ended && Status != Done;
}
