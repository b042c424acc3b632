using Drover.Agent.Instances;

namespace Drover.Agent.Sessions;

/// <summary>How long an agent stays away from a server: doubling, with jitter, so that a thousand agents do not come back at once.</summary>
public static class ReconnectDelay
{
    /// <summary>The longest wait that the agent chooses itself.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The wait of an agent that its server does not want.</summary>
    public static readonly TimeSpan Refused = TimeSpan.FromMinutes(5);

    /// <summary>After a refusal for good: a server that got its data back may know the host again.</summary>
    /// <param name="least">What the server asked for.</param>
    /// <param name="jitter">Draws between half and all of the wait.</param>
    public static TimeSpan OfRefused(TimeSpan least, Random jitter) => least + (Refused * (0.5 + (0.5 * jitter.NextDouble())));

    /// <param name="failures">Sessions in a row that could not be opened or broke early; 0 after a good one.</param>
    /// <param name="least">What the server asked for.</param>
    /// <param name="jitter">Draws between half and all of the wait.</param>
    public static TimeSpan Of(int failures, TimeSpan least, Random jitter)
    {
        var wait = BackOff.Doubling(TimeSpan.FromMilliseconds(500), failures + 1);
        if (wait > Longest) wait = Longest;
        wait *= 0.5 + (0.5 * jitter.NextDouble());
        return wait > least ? wait : least + wait;
    }
}
