namespace Drover.Model.Kernel;

/// <summary>What is wanted of one object: the columns that every kind has. Immutable; a change is a new record.</summary>
public abstract record Resource
{
    /// <summary>Number within the family; the wire id is <see cref="ResourceId"/>. Never given twice.</summary>
    public long Id { get; init; }

    [Field("r", Filter = true, MaxLength = 128), Index(InHistory = false)]
    public string? Uuid { get; init; }

    [Field("cu", Filter = true, MaxLength = 255), Index(Sorted = true, InHistory = false)]
    public string? Name { get; init; }

    [Field("cu", Filter = true, MaxLength = 1024)]
    public string? Description { get; init; }

    /// <summary>The environment (or account) it belongs to.</summary>
    [Field("r", Filter = true, MaxLength = 255), Ref("account"), Index]
    public long? AccountId { get; init; }

    [Field("r", Filter = true, MaxLength = 255)]
    public DateTimeOffset? Created { get; init; }

    /// <summary>The through-state that the last asking commit set; shown until a status has seen this <see cref="Generation"/>.</summary>
    [Internal]
    public string? State { get; init; }

    /// <summary>Counts the commits that ask for something; a status names the generation it has seen.</summary>
    [Internal]
    public long Generation { get; init; }

    /// <summary>True once removal was asked for.</summary>
    [Internal]
    public bool RemoveRequested { get; init; }

    /// <summary>What a superadmin, service or agent put into `data` and no field claims.</summary>
    [Field("i", Type = "map[json]", MaxLength = 16777215)]
    public RawJson? Data { get; init; }
}

/// <summary>What was observed of one object. Written by one status writer per kind.</summary>
public abstract record Seen
{
    /// <summary>The newest <see cref="Resource.Generation"/> that this status has seen and finished (or failed).</summary>
    public long Generation { get; init; }

    /// <summary>The state it rests in; shown when <see cref="Generation"/> has caught up.</summary>
    public string? State { get; init; }

    /// <summary>True where the last try failed: `transitioning` is `error`.</summary>
    public bool Failed { get; init; }

    public string? TransitioningMessage { get; init; }

    /// <summary>0 to 100, where known.</summary>
    public int? TransitioningProgress { get; init; }

    /// <summary>What it waits for; null when settled.</summary>
    public Why? Why { get; init; }

    [Field("r", Filter = true, MaxLength = 255)]
    public DateTimeOffset? Removed { get; init; }

    /// <summary>When the removed object may be purged.</summary>
    [Field("i", Filter = true, MaxLength = 255)]
    public DateTimeOffset? RemoveTime { get; init; }
}

/// <summary>The status of kinds that observe nothing of their own.</summary>
public sealed record PlainSeen : Seen;

/// <summary>Why something waits, since when, and when it is tried next (`drover.why`).</summary>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Since">When the waiting began.</param>
/// <param name="NextTry">When it is tried next; null where an event must come first.</param>
public sealed record Why(string Reason, DateTimeOffset Since, DateTimeOffset? NextTry);
