using Drover.Model.Kernel;

namespace Drover.Reconcile;

/// <summary>Says why something waits, and remembers since when.</summary>
public static class Waiting
{
    /// <summary>The reason as of now; the beginning stays while the reason stays the same.</summary>
    public static Why For(Why? before, string reason, DateTimeOffset now, DateTimeOffset? nextTry = null)
        => new(reason, before?.Reason == reason ? before.Since : now, nextTry);
}
