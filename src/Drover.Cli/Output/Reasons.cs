using Drover.Client.Resources;
using Drover.Model.Kernel;

namespace Drover.Cli.Output;

/// <summary>Why something is not settled, on one line.</summary>
internal static class Reasons
{
    /// <summary>The reason with since when and when it is tried next; null where there is nothing to say.</summary>
    public static string? Of<T>(ApiResource<T> resource, DateTimeOffset now)
        where T : Resource
    {
        if (resource.Why is not { } why)
            return resource.Message is { } message && (resource.IsTransitioning || resource.HasFailed) && message != "In Progress" ? message : null;
        var next = why.NextTry is { } time ? $", next try in {Ages.Of(time - now)}" : "";
        return $"{why.Reason} (for {Ages.Of(now - why.Since)}{next})";
    }
}
