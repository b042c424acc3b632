namespace Drover.Model.Kernel;

/// <summary>One object as the store holds it: what is wanted, what was seen, and at which revision each was last written.</summary>
public sealed record Entry(Kind Kind, Resource Wanted, Seen Seen, long WantedRevision, long SeenRevision)
{
    public long Id => Wanted.Id;

    /// <summary>The revision of the newest write of either side.</summary>
    public long Revision => Math.Max(WantedRevision, SeenRevision);

    /// <summary>The state that clients see: the through-state of the last asking commit until a status has seen it.</summary>
    public string? State => Seen.Generation >= Wanted.Generation ? Seen.State ?? Wanted.State : Wanted.State;

    /// <summary>True once the object is gone for lists.</summary>
    public bool IsRemoved => Seen.Removed is not null;

    /// <summary>`yes`, `no` or `error` (api-semantics.md section 3); null for kinds without states.</summary>
    public string? Transitioning
        => Kind.Lifecycle is not { } cycle ? null
            : cycle.IsTransitioning(State) ? (Seen.Failed && Seen.Generation >= Wanted.Generation ? "error" : "yes")
            : Seen.Failed ? "error" : "no";

    /// <summary>The value of a field, whichever side it stands on; null for views that other pieces compute.</summary>
    public object? Value(Field field) => field.Side switch
    {
        Side.Wanted => field.Get(Wanted),
        Side.Seen => field.Get(Seen),
        _ => ComputedFields.Value(this, field.Name),
    };
}
