namespace Drover.Server.Hosts;

/// <summary>Whether a host answers.</summary>
/// <param name="State">The agent's state: "active", "reconnecting" or "disconnected".</param>
/// <param name="NextLook">When it may change although nothing happens; null for never.</param>
/// <param name="Remove">True where the environment wants it removed by now (HOST-26).</param>
public sealed record HostLiveness(string State, DateTimeOffset? NextLook, bool Remove = false)
{
    /// <summary>An agent sends something at least this often, in seconds.</summary>
    public const int HeartbeatSeconds = 5;

    /// <summary>Silence until a host is reconnecting.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Silence until a host is disconnected.</summary>
    public static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(195);

    /// <summary>How long after the server's start no host is removed for its silence.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(900);

    /// <summary>Judges a host. Reads no clock.</summary>
    /// <param name="lastHeard">When it was last heard; the server's start where it never was.</param>
    /// <param name="started">The server's start.</param>
    /// <param name="removeAfterSeconds">The environment's delay from disconnection to removal; null or negative for never.</param>
    /// <param name="now">The time.</param>
    public static HostLiveness Of(DateTimeOffset lastHeard, DateTimeOffset started, long? removeAfterSeconds, DateTimeOffset now)
    {
        if (now < lastHeard + Patience) return new HostLiveness("active", lastHeard + Patience);
        if (now < lastHeard + GiveUp) return new HostLiveness("reconnecting", lastHeard + GiveUp);
        if (removeAfterSeconds is not { } delay || delay < 0) return new HostLiveness("disconnected", null);
        var due = lastHeard + GiveUp + TimeSpan.FromSeconds(delay);
        if (due < started + Grace) due = started + Grace;
        return now < due ? new HostLiveness("disconnected", due) : new HostLiveness("disconnected", null, Remove: true);
    }
}
