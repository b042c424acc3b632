namespace Drover.Agent.Instances;

/// <summary>One thing to do to a container, or why nothing is done.</summary>
public abstract record Step
{
    private Step()
    {
    }

    /// <summary>True where the runtime is asked to do something.</summary>
    public bool IsAction => this is not (Wait or Nothing);

    /// <summary>Makes the image be there.</summary>
    public sealed record Pull(string Image) : Step;

    public sealed record Create : Step;

    public sealed record Start : Step;

    public sealed record Stop : Step;

    /// <summary>Ends the present run because a new one is wanted; the start is a step of its own.</summary>
    public sealed record Restart : Step;

    public sealed record Remove : Step;

    /// <summary>Nothing yet.</summary>
    /// <param name="Until">When to look again; null where something else must change first.</param>
    /// <param name="Reason">What it waits for, for people.</param>
    public sealed record Wait(DateTimeOffset? Until, string Reason) : Step;

    /// <summary>It is as it shall be.</summary>
    public sealed record Nothing : Step;
}
